import type { Clock } from '@secure-backend/chassis/timing';

/** A clock that only tests move. */
export class ManualClock implements Clock {
  #now = 0;
  readonly #sleepers = new Set<{ time: number; wake: () => void }>();

  now(): number {
    return this.#now;
  }

  /** How many wait for a later time. */
  get sleepers(): number {
    return this.#sleepers.size;
  }

  async sleepUntil(time: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (time <= this.#now) {
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const sleeper = { time, wake: resolve };
    const onAbort = () => reject(signal?.reason as Error);
    this.#sleepers.add(sleeper);
    signal?.addEventListener('abort', onAbort, { once: true });
    await promise.finally(() => {
      this.#sleepers.delete(sleeper);
      signal?.removeEventListener('abort', onAbort);
    });
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
    for (const { time, wake } of this.#sleepers) {
      if (time <= this.#now) {
        wake();
      }
    }
  }
}
