import { DatabaseError } from 'pg';

/** Postgres can't answer now; the same request may succeed later. Callers get 503 with `Retry-After`. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  readonly retryAfterSeconds = 1;

  /** @param code what Postgres, Node or the pool called the cause; never its message, which may quote data */
  constructor(readonly code: string) {
    super(`Postgres is not available (${code})`);
  }
}

/**
 * SQLSTATE classes and codes that say "not now" (PostgreSQL, appendix A): connection, authorization (a role or password
 * was rotated away), insufficient resources, operator intervention and timeouts, lost races.
 */
const transient = /^(08|28|53|57)|^(25006|25P03|40001|40P01|55P03)$/;

/** Turns what the driver threw into {@link DatabaseUnavailable} where that is the meaning; else returns it as it is. */
export function translate(error: unknown): unknown {
  if (error instanceof DatabaseError) {
    return transient.test(error.code ?? '') ? new DatabaseUnavailable(error.code ?? 'unknown') : error;
  }
  if (isProgrammingError(error)) {
    return error;
  }
  return new DatabaseUnavailable(codeOf(error));
}

/** What Postgres or Node calls it. */
export function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'connection lost';
}

/** Whether the session itself is broken or gone, so that the pool must not hand it out again. */
export function isSessionLost(error: unknown): boolean {
  if (error instanceof DatabaseError) {
    return error.severity === 'FATAL' || error.severity === 'PANIC';
  }
  return !isProgrammingError(error);
}

/** Thrown by the driver before anything was sent, for instance for a value it can't serialise. */
function isProgrammingError(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError;
}
