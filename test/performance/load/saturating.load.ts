import { randomInt } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LatencyTally } from './latency.tally.ts';

/** What is put under load: each promise is one unit of work, and a rejected one is a failed unit. Nothing here tries again. */
export interface LoadSubject {
  /** Reads one item outside a transaction. */
  read: (item: number) => Promise<void>;
  /** Changes one item in a transaction and books the change under the unit's number, which occurs once. */
  write: (item: number, unit: number) => Promise<void>;
}

/** Every so many units one writes. */
const writeEvery = 10;

/** Units of work from many workers at once, each of which begins the next as soon as the last has ended. */
export class SaturatingLoad {
  /** Writes whose promise was fulfilled. */
  writes = 0;
  readonly #workers: number;
  readonly #items: number;
  #unit = 0;

  constructor({ workers, items }: { workers: number; items: number }) {
    this.#workers = workers;
    this.#items = items;
  }

  /** Runs until the signal; resolves when the last unit has ended. */
  async run(subject: LoadSubject, tally: LatencyTally, signal: AbortSignal): Promise<void> {
    await Promise.all(Array.from({ length: this.#workers }, () => this.#work(subject, tally, signal)));
  }

  async #work(subject: LoadSubject, tally: LatencyTally, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const began = performance.now();
      try {
        // oxlint-disable-next-line no-await-in-loop -- one unit after the other
        await this.#unitOf(subject);
      } catch (error) {
        tally.recordFailure(error);
        // A subject that fails without waiting for anything would otherwise never let timers run.
        // oxlint-disable-next-line no-await-in-loop
        await nextTurn();
      }
      tally.record(began);
    }
  }

  async #unitOf(subject: LoadSubject): Promise<void> {
    const unit = (this.#unit += 1);
    const item = randomInt(1, this.#items + 1);
    if (unit % writeEvery !== 0) return subject.read(item);
    await subject.write(item, unit);
    this.writes += 1;
  }
}
