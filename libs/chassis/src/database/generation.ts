import { setTimeout as delay } from 'node:timers/promises';
import type { PoolConfig } from 'pg';
import type { DatabaseCredentials, SecretVersion } from '../secrets/index.ts';
import type { StateMachine } from '../state/index.ts';
import { systemClock } from '../timing/index.ts';
import { codeOf } from './database.unavailable.ts';
import type { GenerationState } from './generation.states.ts';
import { Interruption, isRefusal } from './interruption.ts';
import { Session } from './session.ts';
import { type PooledClient, type PoolStatistics, SessionPool } from './session.pool.ts';

export interface GenerationOptions {
  number: number;
  credential: SecretVersion<DatabaseCredentials>;
  pool: PoolConfig & { max: number };
  machine: StateMachine<GenerationState>;
}

/**
 * The sessions under one credential. A unit of work binds to a generation when it starts, queueing included, and
 * finishes on it; a drained generation closes when its last unit has ended.
 */
export class Generation {
  readonly number: number;
  readonly credential: SecretVersion<DatabaseCredentials>;
  readonly machine: StateMachine<GenerationState>;
  readonly #pool: SessionPool;
  #units = 0;
  #idle = Promise.withResolvers<void>();
  #refusal: 'login' | 'role' | undefined;
  #isWarm = false;

  constructor({ number, credential, pool, machine }: GenerationOptions) {
    this.number = number;
    this.credential = credential;
    this.machine = machine;
    this.#pool = new SessionPool(pool);
  }

  /**
   * Runs one unit of work on one session.
   *
   * @throws Interruption when another session or credential may do better; whatever `work` throws otherwise
   */
  async run<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    this.#pool.hold(this.isRefused || this.credential.expiresAt <= systemClock.now());
    this.#units += 1;
    try {
      return await this.#runOnSession(work);
    } finally {
      this.#units -= 1;
      if (this.#units === 0) {
        this.#idle.resolve();
        this.#idle = Promise.withResolvers();
      }
    }
  }

  async #runOnSession<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const session = new Session(await this.#acquire());
    try {
      return await work(session);
    } catch (error) {
      const code = codeOf(error);
      const { hasRun } = session;
      if (await session.hasLostRole(error)) {
        this.#refusal = 'role';
        throw new Interruption(code, { hasBegun: true, hasRun, isRefused: true });
      }
      if (session.wasCut(error)) {
        throw new Interruption(code, { hasBegun: true, hasRun, isRefused: false });
      }
      throw error;
    } finally {
      session.end();
    }
  }

  async #acquire(): Promise<PooledClient> {
    try {
      return await this.#pool.acquire();
    } catch (error) {
      if (isRefusal(error)) {
        this.#refusal ??= 'login';
      }
      throw error;
    }
  }

  /** New sessions are turned away; open ones may go on. */
  get isRefused(): boolean {
    return this.#refusal !== undefined;
  }

  /** The role is gone, so that open sessions are worth nothing either. */
  get isGone(): boolean {
    return this.#refusal === 'role';
  }

  /** Opens as many sessions, for a change that nobody notices. */
  async warm(size: number): Promise<void> {
    await this.#pool.warm(size);
  }

  /** Whether to have all sessions open, since no new one may be had soon; they are opened once each time that begins. */
  stayWarm(isWanted: boolean): void {
    if (isWanted && !this.#isWarm) {
      void this.#pool.warm(Infinity);
    }
    this.#isWarm = isWanted;
  }

  /**
   * Waits for the last unit of work, at most `patience` milliseconds, then closes all sessions. No new unit may start.
   *
   * @returns units that were cut off
   */
  async close(patience: number): Promise<number> {
    const finished = new AbortController();
    const impatience = delay(patience, true, { signal: finished.signal, ref: false }).catch(() => false);
    const isLate = await Promise.race([impatience, this.#whenIdle().then(() => false)]);
    finished.abort();
    const cutOff = isLate ? this.#units : 0;
    if (isLate) {
      this.#pool.cut();
    }
    await this.#pool.end();
    this.machine.enter('CLOSED');
    return cutOff;
  }

  get sessions(): number {
    return this.#pool.sessions;
  }

  get statistics(): PoolStatistics {
    return this.#pool.statistics;
  }

  async #whenIdle(): Promise<void> {
    while (this.#units > 0) {
      // oxlint-disable-next-line no-await-in-loop -- a unit may begin between two moments of idleness
      await this.#idle.promise;
    }
  }
}
