/** A type of field, with what it leaves open. */
export type FieldType =
  | { readonly kind: 'text'; readonly max: number }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'boolean' | 'date' | 'integer' | 'money' | 'number' | 'timestamp' | 'uuid' };

export type FieldKind = FieldType['kind'];

/** Text without a length of its own. */
export const usualText = 4_000;

/** Of one text: the whole of a request's body must be at most 65,536 bytes, and a character takes up to three. */
export const longestText = 10_000;

/** What a type is called elsewhere. */
export interface Spelling {
  /** As a column, without its `not null`. */
  readonly sql: string;
  /** What of the chassis' HTTP part it needs; zod alone where there is nothing. */
  readonly schema?: string;
  /** How a list is narrowed by it, if at all: to what is equal, or to what is before. */
  readonly filter?: 'equals' | 'before';
}

export const spellings: Readonly<Record<FieldKind, Spelling>> = {
  text: { sql: 'text', schema: 'text' },
  enum: { sql: 'text', filter: 'equals' },
  boolean: { sql: 'boolean', filter: 'equals' },
  integer: { sql: 'integer' },
  number: { sql: 'double precision' },
  money: { sql: 'numeric(19, 2)', schema: 'money' },
  date: { sql: 'date', schema: 'calendarDate', filter: 'before' },
  timestamp: { sql: 'timestamptz (3)', schema: 'timestamp', filter: 'before' },
  uuid: { sql: 'uuid', schema: 'uuid', filter: 'equals' },
};

/** All types as a user writes them. */
export const knownTypes = Object.keys(spellings)
  .map((kind) => ({ enum: 'enum(a|b)', text: 'text, text(200)' })[kind] ?? kind)
  .join(', ');
