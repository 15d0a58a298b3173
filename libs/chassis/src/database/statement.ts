import { createHash } from 'node:crypto';

/** SQL that Postgres parses once per connection; `Row` is what it returns. */
export interface Statement<Row> {
  /** Derived from the text, so that two statements never share a name. At most 63 bytes, Postgres' limit. */
  readonly name: string;
  readonly text: string;
  /** Only for inference. */
  readonly row?: Row;
}

/** Declares a statement once, at module level; values go in as `$1`, `$2`, …, never into the text. */
export function statement<Row = never>(text: string): Statement<Row> {
  return { name: createHash('sha256').update(text).digest('hex').slice(0, 32), text };
}

/** Where statements run: the database itself (each alone) or a transaction (all or nothing). */
export interface UnitOfWork {
  /** @throws DatabaseUnavailable when Postgres can't answer now; any other error comes from the statement. */
  query<Row>(statement: Statement<Row>, values?: readonly unknown[]): Promise<Row[]>;
}
