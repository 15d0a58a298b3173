import type { SecretSource } from './secret.source.ts';

/** A source that counts, for metrics. */
export interface ObservedSource<Value> extends SecretSource<Value> {
  /** Next versions that were announced, and tries to get one that failed. */
  readonly rotations: Readonly<{ announced: number; failed: number }>;
}
