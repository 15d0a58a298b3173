import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds after which a sleeper looks at the clock again; also keeps every timer far below Node's 2^31 - 1. */
const longestNap = 30_000;

/** Milliseconds on a scale of its own: only differences mean something. */
export interface Clock {
  now(): number;
  /** Resolves at that time or later, at once for a time that has passed; rejects with the signal's reason. */
  sleepUntil(time: number, signal?: AbortSignal): Promise<void>;
}

/**
 * Never goes back, and advances by whichever of the monotonic and the wall clock saw more time pass: the first stands still
 * while a machine is suspended, the second can be set back. A lease then rather ends too early than too late.
 */
class SystemClock implements Clock {
  #now = 0;
  #monotonic = performance.now();
  #wall = Date.now();

  now(): number {
    const [monotonic, wall] = [performance.now(), Date.now()];
    this.#now += Math.max(monotonic - this.#monotonic, wall - this.#wall, 0);
    [this.#monotonic, this.#wall] = [monotonic, wall];
    return this.#now;
  }

  async sleepUntil(time: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    for (let rest = time - this.now(); rest > 0; rest = time - this.now()) {
      // oxlint-disable-next-line no-await-in-loop -- looks at the clock after each nap
      await delay(Math.min(Math.ceil(rest), longestNap), undefined, { signal });
    }
  }
}

export const systemClock: Clock = new SystemClock();
