import { createHash } from 'node:crypto';

/** SQL that Postgres parses once per connection; `Row` is what it returns. */
export interface Statement<Row> {
  /** Derived from the text, so that two statements never share a name. At most 63 bytes, Postgres' limit. */
  readonly name: string;
  readonly text: string;
  /** Whether it plainly changes nothing, so that it may run again whatever became of it. */
  readonly isRead: boolean;
  /** Only for inference. */
  readonly row?: Row;
}

/**
 * Declares a statement once, at module level; values go in as `$1`, `$2`, …, never into the text.
 *
 * @param isRead must be false for a `select` of a function that changes something: nobody can tell from outside, and what only
 *   reads runs again when its session is lost, even though it may have been executed
 */
export function statement<Row = never>(text: string, { isRead = looksLikeRead(text) } = {}): Statement<Row> {
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
  return { name, text, isRead };
}

function looksLikeRead(text: string): boolean {
  return /^\s*(select|show|values|table)\b/i.test(text);
}

/** Where statements run: the database itself (each alone) or a transaction (all or nothing). */
export interface UnitOfWork {
  /**
   * @throws DatabaseUnavailable when Postgres can't answer now; OutcomeUnknown when a change was under way as the session broke;
   *   any other error comes from the statement.
   */
  query<Row>(statement: Statement<Row>, values?: readonly unknown[]): Promise<Row[]>;
}

export interface TransactionOptions {
  /** The work may run twice; false unless said. */
  isReplayable?: boolean;
}
