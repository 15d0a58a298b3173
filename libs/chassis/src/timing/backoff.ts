export interface BackoffOptions {
  /** Milliseconds: upper limit of the first delay; doubles with each further one. */
  first?: number;
  /** Milliseconds that no delay exceeds. */
  longest?: number;
}

/** Delays between retries: doubling, with full jitter, so that replicas don't knock together. */
export class Backoff {
  readonly #first: number;
  readonly #longest: number;
  #limit: number;

  constructor({ first = 500, longest = 30_000 }: BackoffOptions = {}) {
    this.#first = first;
    this.#longest = longest;
    this.#limit = first;
  }

  /**
   * Milliseconds until the next try.
   *
   * @param limit what this one may not exceed, such as a quarter of a lease's remaining time
   */
  next(limit = Infinity): number {
    const delay = Math.random() * Math.min(this.#limit, limit);
    this.#limit = Math.min(this.#limit * 2, this.#longest);
    return delay;
  }

  reset(): void {
    this.#limit = this.#first;
  }
}
