/**
 * Where a credential comes from. A source yields a current value and announces the next; the rest of the
 * service can't tell a mounted file from a secret store.
 */
export interface SecretSource<Value> {
  /** The last good value. A source exists only once it has one. */
  readonly current: Value;

  /** Calls the listener with each next value, never with the one that is current. Returns the way to stop. */
  subscribe(listener: (next: Value) => void): () => void;

  /** Stops watching; `current` stays readable. */
  close(): Promise<void>;
}

/** A credential can't be read. Names the place and the cure, never the content. */
export class SecretError extends Error {
  override readonly name = 'SecretError';
}
