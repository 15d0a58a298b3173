import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds after which a sleeper looks at the clock again; also keeps every timer far below Node's 2^31 - 1. */
const longestNap = 30_000;

/** Milliseconds on a scale of its own: only differences mean something. */
export interface Clock {
  now(): number;
  /** Resolves at that time or later, at once for a time that has passed; rejects with the signal's reason. */
  sleepUntil(time: number, signal?: AbortSignal): Promise<void>;
}

/** Milliseconds that the two clocks may drift apart before it counts as a jump; the wall clock only tells whole ones. */
const tolerance = 1_000;

/**
 * The monotonic clock, put forward by whatever the wall clock has jumped ahead of it: the first stands still while a machine is
 * suspended. Never goes back, as the second may. A lease then rather ends too early than too late.
 */
class SystemClock implements Clock {
  #skew = Date.now() - performance.now();
  #ahead = 0;

  now(): number {
    const monotonic = performance.now();
    const skew = Date.now() - monotonic;
    const jump = skew - this.#skew;
    if (Math.abs(jump) > tolerance) {
      this.#skew = skew;
      this.#ahead += Math.max(jump, 0);
    }
    return monotonic + this.#ahead;
  }

  async sleepUntil(time: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    for (let rest = time - this.now(); rest > 0; rest = time - this.now()) {
      // oxlint-disable-next-line no-await-in-loop -- looks at the clock after each nap
      await delay(Math.min(Math.ceil(rest), longestNap), undefined, { signal }).catch(() =>
        signal?.throwIfAborted(),
      );
    }
  }
}

export const systemClock: Clock = new SystemClock();
