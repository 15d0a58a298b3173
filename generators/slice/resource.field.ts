import type { FieldName } from './field.names.ts';
import { type FieldType, spellings } from './field.types.ts';

/** One field of a resource. */
export interface Field extends FieldName {
  readonly type: FieldType;
  /** Null says that there is nothing; a draft that leaves it out gets that. */
  readonly isNullable: boolean;
  /** What else a draft that leaves it out gets: a value of its type, as TypeScript spells it. */
  readonly default?: string;
}

/** How a list is narrowed by a field. */
export interface Filter {
  /** Of the query. */
  readonly parameter: string;
  readonly how: 'equals' | 'before';
}

/** A day or a moment is asked for by what is before it: `dueDate` by `dueBefore`, `placedAt` by `placedBefore`. */
const before = (name: string): string => `${name.replace(/(?<=.)(?:Date|At|On)$/, '')}Before`;

/** @returns undefined for a field that a list isn't narrowed by. */
export function filterOf({ name, type: { kind } }: Field): Filter | undefined {
  const how = spellings[kind].filter;
  if (how === undefined) return undefined;
  return { how, parameter: how === 'before' ? before(name) : name };
}
