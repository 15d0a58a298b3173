import type { DatabaseCredentials, SecretVersion } from '../secrets/index.ts';
import { systemClock } from '../timing/index.ts';
import type { CredentialLedger } from './credential.ledger.ts';
import type { DatabaseMetrics } from './database.metrics.ts';
import type { Generation } from './generation.ts';
import { isRefusal } from './interruption.ts';

export interface SuccessionOptions {
  ledger: CredentialLedger;
  metrics: DatabaseMetrics;
  /** Milliseconds that an outgoing generation may finish its work. */
  drainTimeout: number;
  /** @throws DatabaseUnavailable when the credential can't be used now */
  prepare: (
    credential: SecretVersion<DatabaseCredentials>,
    number: number,
    predecessor: Generation | undefined,
  ) => Promise<Generation>;
}

/**
 * One generation after the other: a new one becomes current by one assignment, then the one before drains. The next has to wait
 * for that, so that there are never more than two pools of sessions.
 */
export class Succession {
  #current: Generation | undefined;
  #number = 0;
  #changed = Promise.withResolvers<void>();
  #draining: Promise<void> = Promise.resolve();
  /** Generations that drain. */
  #drains = 0;

  constructor(private readonly options: SuccessionOptions) {}

  get current(): Generation | undefined {
    return this.#current;
  }

  /** @throws DatabaseUnavailable when the credential can't be used now; the current generation stays */
  async adopt(credential: SecretVersion<DatabaseCredentials>): Promise<void> {
    const { ledger, metrics, prepare } = this.options;
    const predecessor = this.#current;
    if (predecessor?.isGone === true && this.#drains > 0) {
      // Nothing works on it any more. It makes room, rather than that everybody waits for the drain of the one before it.
      await this.#end(predecessor, 0);
    } else {
      await this.#draining;
    }
    const next = await prepare(credential, this.#number + 1, predecessor).catch((error: unknown) => {
      metrics.rotations.inc({ result: isRefusal(error) ? 'refused' : 'failed' });
      throw error;
    });
    this.#number = next.number;
    ledger.use(credential);
    this.#become(next);
    next.machine.enter('CURRENT');
    metrics.rotations.inc({ result: 'success' });
    if (predecessor !== undefined) {
      this.#drain(predecessor);
    }
  }

  /**
   * Waits until another generation than this one serves.
   *
   * @param deadline in milliseconds of the system clock
   * @returns whether one does
   */
  async changeFrom(generation: Generation, deadline: number): Promise<boolean> {
    const waiting = new AbortController();
    const late = systemClock.sleepUntil(deadline, waiting.signal).catch(() => undefined);
    while (this.#current === generation && systemClock.now() < deadline) {
      // oxlint-disable-next-line no-await-in-loop -- until it has changed
      await Promise.race([this.#changed.promise, late]);
    }
    waiting.abort();
    return this.#current !== generation;
  }

  /** Waits for units of work in flight, then no generation is left. */
  async close(): Promise<void> {
    const last = this.#current;
    this.#become(undefined);
    await this.#draining;
    if (last !== undefined) {
      this.#drain(last);
      await this.#draining;
    }
  }

  #become(next: Generation | undefined): void {
    this.#current = next;
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  #drain(generation: Generation): void {
    this.#draining = this.#drainAfter(this.#draining, generation);
  }

  async #drainAfter(earlier: Promise<void>, generation: Generation): Promise<void> {
    this.#drains += 1;
    await this.#retire(generation);
    this.#drains -= 1;
    await earlier;
  }

  async #retire(generation: Generation): Promise<void> {
    const { ledger, drainTimeout } = this.options;
    await this.#end(generation, patienceFor(generation, drainTimeout));
    // A credential that was refused for a while may have got a second generation.
    if (generation.credential !== this.#current?.credential) {
      void ledger.giveBack(generation.credential).then(() => generation.machine.enter('REVOKED'));
    }
  }

  /** Does nothing for one that has made room already. */
  async #end(generation: Generation, patience: number): Promise<void> {
    if (generation.machine.state !== 'CURRENT') {
      return;
    }
    const { metrics } = this.options;
    const began = systemClock.now();
    generation.machine.enter('DRAINING');
    const cutOff = await generation.close(patience);
    metrics.drainSeconds.observe((systemClock.now() - began) / 1_000);
    metrics.forcedCloses.inc(cutOff);
  }
}

/** Of the time that the store leaves the credential, a tenth is for closing. One that has expired has nothing left to reserve. */
function patienceFor(generation: Generation, longest: number): number {
  const remaining = generation.credential.expiresAt - systemClock.now();
  return remaining > 0 ? Math.min(longest, remaining * 0.9) : longest;
}
