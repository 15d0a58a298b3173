import { Problem } from '../problems/index.ts';

/** Of all places, what one caller may take: with half, the slowest one leaves as much to the others. */
const share = 0.5;

/** Counts requests in flight by caller, so that one with many slow requests is no outage for the others. */
export class CallerShares {
  readonly #inFlight = new Map<string, number>();
  readonly #most: number;

  constructor(places: number) {
    this.#most = Math.max(1, Math.floor(places * share));
  }

  /**
   * @returns what ends the request, to be called once
   * @throws Problem rate_limited when the caller has its share in flight: it can mend that, so it is no overload
   */
  enter(caller: string): () => void {
    const count = this.#inFlight.get(caller) ?? 0;
    if (count >= this.#most) {
      const detail = 'you have as many requests in flight as one caller may; wait until some are answered';
      throw new Problem('rate_limited', { detail, headers: { 'retry-after': '1' } });
    }
    this.#inFlight.set(caller, count + 1);
    return () => this.#leave(caller);
  }

  #leave(caller: string): void {
    const left = (this.#inFlight.get(caller) ?? 0) - 1;
    if (left > 0) {
      this.#inFlight.set(caller, left);
    } else {
      this.#inFlight.delete(caller);
    }
  }
}
