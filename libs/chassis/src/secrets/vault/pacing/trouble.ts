import { Backoff } from '../../../timing/index.ts';
import type { VaultFailure } from '../vault.error.ts';

/** Milliseconds that a server's wish to be left alone is obeyed at most. */
const longestRetryAfter = 60_000;

/** A row of failures, until a success ends it. */
export class Trouble {
  readonly #backoff = new Backoff();
  readonly #ended = new AbortController();
  /** Milliseconds of the clock: before it the next call isn't wanted. */
  notBefore = 0;
  /** The same, by the server's own wish. */
  retryAfter = 0;
  /** Of the last failure; undefined when it wasn't Vault's. */
  kind: VaultFailure | undefined;

  /** Whoever waits may go on. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  add(now: number, failure: { kind?: VaultFailure; retryAfter?: number }): void {
    this.notBefore = now + this.#backoff.next();
    this.retryAfter = now + Math.min(failure.retryAfter ?? 0, longestRetryAfter);
    this.kind = failure.kind;
  }

  /** The next call may come at once, unless the server asked for a pause. */
  hurry(now: number): void {
    this.notBefore = now;
  }

  end(): void {
    this.#ended.abort();
  }
}
