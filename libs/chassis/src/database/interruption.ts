import { DatabaseUnavailable } from './database.unavailable.ts';

type InterruptionDetails = Partial<Pick<Interruption, 'hasBegun' | 'hasRun'>> &
  Pick<Interruption, 'isRefused'>;

/** A unit of work was stopped by what may be over on another session or under another credential; nothing of it is committed. */
export class Interruption extends DatabaseUnavailable {
  /** Whether the unit had begun: beginning again is a replay then. */
  readonly hasBegun: boolean;
  /** Whether code ran that may have done more than the database can roll back. */
  readonly hasRun: boolean;
  /** Whether Postgres turned the credential away, so that only another one helps. */
  readonly isRefused: boolean;

  constructor(code: string, { hasBegun = false, hasRun = false, isRefused }: InterruptionDetails) {
    super(code);
    this.hasBegun = hasBegun;
    this.hasRun = hasRun;
    this.isRefused = isRefused;
  }
}

/**
 * The session was lost while a commit was under way: the change is made or it isn't, and nobody here can tell. Never
 * replayed; callers are told so.
 */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';

  /** @param code what Postgres, Node or the pool called the cause */
  constructor(readonly code: string) {
    super(`the session was lost during the commit (${code})`);
  }
}

/** SQLSTATEs with which Postgres turns a login away: password, role or right to connect is gone (class 28; 42501 at the start). */
export const refusedLogin = /^(28...|42501)$/;

/**
 * What statements fail with whose role was dropped meanwhile, and with other things: the session itself has to be asked. Without
 * rights on the schema a table is not forbidden (42501), it isn't found (42P01).
 */
export const suspectedLossOfRole = /^(42...|0P000|3F000|XX000)$/;

/** A credential that Postgres turned away, or one that may not do what the service needs: waiting alone won't help. */
export function isRefusal(error: unknown): boolean {
  return (error instanceof Interruption && error.isRefused) || error instanceof GrantsMissing;
}

/** A new credential may read less than the one it replaces. */
export class GrantsMissing extends DatabaseUnavailable {
  constructor() {
    super('grants missing');
  }
}
