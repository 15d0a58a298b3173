import { Pool, type PoolConfig } from 'pg';
import { DatabaseUnavailable, translate } from './database.unavailable.ts';
import { ScramClient } from './scram.client.ts';
import { Session } from './session.ts';

/** Connections by state; `waiting` counts units of work in the queue. */
export interface PoolStatistics {
  idle: number;
  used: number;
  waiting: number;
}

/**
 * One pool under one credential. A unit of work binds to a generation when it starts, queueing included, and
 * finishes on it; a drained generation closes when its last unit has ended.
 */
export class Generation {
  readonly #pool: Pool;
  #units = 0;
  #idle = Promise.withResolvers<void>();

  private constructor(
    readonly number: number,
    options: PoolConfig,
  ) {
    this.#pool = new Pool({ ...options, Client: ScramClient });
    // The pool has already discarded an idle session that broke; without a listener the process would end.
    this.#pool.on('error', () => undefined);
  }

  /**
   * Connects, which proves that the credential is that of a living role.
   *
   * @throws DatabaseUnavailable when the credential can't be used now
   */
  static async prepare(number: number, options: PoolConfig): Promise<Generation> {
    const generation = new Generation(number, options);
    try {
      await generation.run((session) => session.query({ name: 'probe', text: 'select session_user' }));
      return generation;
    } catch (error) {
      await generation.drain();
      throw error;
    }
  }

  /** Runs one unit of work on one session. */
  async run<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
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
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw asUnavailable(error);
    });
    const session = new Session(client);
    try {
      return await work(session);
    } finally {
      session.end();
    }
  }

  /** Waits for the last unit of work, then closes all sessions. No new unit may start. */
  async drain(): Promise<void> {
    while (this.#units > 0) {
      await this.#idle.promise;
    }
    await this.#pool.end();
  }

  get statistics(): PoolStatistics {
    const { idleCount, totalCount, waitingCount } = this.#pool;
    return { idle: idleCount, used: totalCount - idleCount, waiting: waitingCount };
  }
}

/** No connection was had, whatever the reason: nothing has run. */
function asUnavailable(error: unknown): DatabaseUnavailable {
  const translated = translate(error);
  const code = (error as { code?: string }).code ?? 'unknown';
  return translated instanceof DatabaseUnavailable ? translated : new DatabaseUnavailable(code);
}
