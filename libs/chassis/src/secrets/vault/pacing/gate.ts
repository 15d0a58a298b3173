import type { Clock } from '../../../timing/index.ts';
import { VaultError } from '../vault.error.ts';
import type { Purpose } from '../vault.operations.ts';
import { CallWindow } from './call.window.ts';
import { everything, scopeOf } from './failure.scope.ts';
import { latestStart, type Pace } from './patience.ts';
import { Trouble } from './trouble.ts';

/**
 * All calls of the process pass here. After a failure they wait: everybody, one call at a time, when Vault itself is ill;
 * otherwise those for the same purpose. While calls fail, no more of them are made than the window has room for.
 */
export class Gate {
  readonly #troubles = new Map<string, Trouble>();
  readonly #window = new CallWindow();
  #trial: Promise<void> | undefined;
  #haste = new AbortController();
  #isHurried = false;

  constructor(private readonly clock: Clock) {}

  /** @throws whatever `exchange` throws; the reason of the pace's signal when it gave up waiting */
  async run<Result>(purpose: Purpose, pace: Pace, exchange: () => Promise<Result>): Promise<Result> {
    const key = `${purpose.operation} ${purpose.path}`;
    const endTrial = await this.#admission(key, pace);
    const start = this.clock.now();
    const isCounted = this.#troublesOf(key).length > 0;
    if (isCounted) {
      this.#window.add(start);
    }
    try {
      const result = await exchange();
      this.#end(key);
      this.#end(everything);
      return result;
    } catch (error) {
      if (!isCounted) {
        this.#window.add(start);
      }
      this.#note(key, purpose, start, error);
      throw error;
    } finally {
      endTrial();
    }
  }

  /** There is a reason to hope: whoever waits may try now, one call at a time until one fails. */
  hurry(): void {
    const now = this.clock.now();
    this.#troubles.forEach((trouble) => trouble.hurry(now));
    this.#isHurried = true;
    this.#haste.abort();
    this.#haste = new AbortController();
  }

  /** @returns what to call when the exchange has ended */
  async #admission(key: string, pace: Pace): Promise<() => void> {
    const entered = this.clock.now();
    for (;;) {
      pace.signal.throwIfAborted();
      const troubles = this.#troublesOf(key);
      const isIll = this.#troubles.has(everything);
      if (isIll && this.#trial !== undefined) {
        await this.#trial;
        continue;
      }
      const opensAt = this.#window.opensAt({ isHurried: this.#isHurried });
      const start = Math.max(opensAt, ...troubles.map((trouble) => startAfter(trouble, entered, pace)));
      if (troubles.length === 0 || start <= this.clock.now()) {
        this.#isHurried = false;
        return isIll ? this.#beginTrial() : () => undefined;
      }
      await this.#sleepUntil(start, pace, troubles);
    }
  }

  #beginTrial(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#trial = promise;
    return () => {
      this.#trial = undefined;
      resolve();
    };
  }

  async #sleepUntil(start: number, pace: Pace, troubles: readonly Trouble[]): Promise<void> {
    const ends = [this.#haste.signal, ...troubles.map(({ ended }) => ended)];
    const signal = AbortSignal.any([pace.signal, ...ends]);
    await this.clock.sleepUntil(start, signal).catch((error: unknown) => {
      if (!ends.some(({ aborted }) => aborted)) {
        throw error;
      }
    });
  }

  #troublesOf(key: string): Trouble[] {
    return [this.#troubles.get(key), this.#troubles.get(everything)].filter(
      (trouble) => trouble !== undefined,
    );
  }

  #note(key: string, purpose: Purpose, start: number, error: unknown): void {
    const { troubles, isCounted, isAnswer } = scopeOf(key, purpose, error);
    if (isAnswer) {
      this.#end(everything);
    }
    if (!isCounted) {
      this.#window.remove(start);
    }
    for (const name of troubles) {
      const trouble = this.#troubles.get(name) ?? new Trouble();
      trouble.add(this.clock.now(), error instanceof VaultError ? error : {});
      this.#troubles.set(name, trouble);
    }
  }

  #end(name: string): void {
    this.#troubles.get(name)?.end();
    this.#troubles.delete(name);
  }
}

function startAfter(trouble: Trouble, entered: number, pace: Pace): number {
  return Math.max(Math.min(trouble.notBefore, latestStart(entered, pace, trouble)), trouble.retryAfter);
}
