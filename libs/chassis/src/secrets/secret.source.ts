/** One version of a secret, as a source gave it out. */
export interface SecretVersion<Value> {
  readonly value: Value;
  /** When the store takes it back, in milliseconds of the system clock of `timing`; Infinity where it never does. A renewal moves it. */
  readonly expiresAt: number;
  /**
   * Nobody uses it any more: the store gets it back, a lease is revoked. Never rejects, and does nothing the second time. Until
   * then the source keeps it alive as long as the store lets it.
   */
  release(): Promise<void>;
}

/**
 * What a source knows of its secret: ACTIVE, DEGRADED (the last good version is valid, its store or file can't be read now),
 * STALE (it has expired by the clock, and the store can't be reached to replace it); a lease has more, see `vault`.
 */
export type SecretState = 'ISSUING' | 'ACTIVE' | 'RENEWING' | 'ROTATING' | 'DEGRADED' | 'STALE' | 'REVOKED';

/**
 * Where a secret comes from. A source holds a current version and announces the next; the rest of the service can't tell a
 * mounted file from a secret store.
 */
export interface SecretSource<Value> {
  /** For logs, metrics and probes: `db-credentials`, `api-keys`. */
  readonly name: string;

  /** The last good version. A source exists only once it has one. */
  readonly current: SecretVersion<Value>;

  readonly state: SecretState;

  /** Why the state isn't ACTIVE, for people; never holds the secret. */
  readonly problem: string | undefined;

  /** Calls the listener with each next version, never with the one that is current. Returns the way to stop. */
  subscribe(listener: (next: SecretVersion<Value>) => void): () => void;

  /**
   * Whoever uses `refused` was turned away with it: looks for another one now. Does nothing when it isn't current any more; several
   * calls at once are one. Resolves when the attempt has ended, with or without a new version; never rejects.
   */
  replace(refused: SecretVersion<Value>): Promise<void>;

  /** Stops watching and renewing; `current` stays readable. */
  close(): Promise<void>;
}

/** A secret can't be had. Names the place and the cure, never the content. */
export class SecretError extends Error {
  override readonly name: string = 'SecretError';
}
