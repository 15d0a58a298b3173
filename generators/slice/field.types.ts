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

/** What a type is called in each language. */
export interface Spelling {
  /** As a column, without its `not null`. */
  readonly sql: string;
  /** What of the chassis' HTTP part it needs; zod where there is nothing. */
  readonly schema?: string;
  /** How a list is narrowed by it, if at all: to what is equal, or to what is before. */
  readonly filter?: 'equals' | 'before';
}

/** What each type is in JSON, by example, and what it is called elsewhere. */
export const spellings: Readonly<Record<FieldKind, Spelling & { readonly json: string }>> = {
  text: { json: '"Some text"', sql: 'text', schema: 'text' },
  enum: { json: '"open"', sql: 'text', filter: 'equals' },
  boolean: { json: 'true', sql: 'boolean', filter: 'equals' },
  date: { json: '"2028-02-29"', sql: 'date', schema: 'calendarDate', filter: 'before' },
  integer: { json: '12', sql: 'integer' },
  money: { json: '"1234.50"', sql: 'numeric(19, 2)', schema: 'money' },
  number: { json: '0.25', sql: 'double precision' },
  timestamp: {
    json: '"2028-02-29T12:30:00.000Z"',
    sql: 'timestamptz (3)',
    schema: 'timestamp',
    filter: 'before',
  },
  uuid: {
    json: '"0190b2a1-7c3d-7000-8000-00000000abcd"',
    sql: 'uuid',
    schema: 'uuid',
    filter: 'equals',
  },
};

/** All types as a user writes them. */
export const knownTypes = Object.keys(spellings)
  .map((kind) => ({ enum: 'enum(a|b)', text: 'text, text(200)' })[kind] ?? kind)
  .join(', ');
