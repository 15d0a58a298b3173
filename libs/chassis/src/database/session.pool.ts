import { setTimeout as delay } from 'node:timers/promises';
import { Pool, type PoolClient, type PoolConfig } from 'pg';
import { asUnavailable, tooLate } from './acquisition.failure.ts';
import { DatabaseClient } from './database.client.ts';
import type { Interruption } from './interruption.ts';

/** Connections by state; `waiting` counts units of work in the queue. */
export interface PoolStatistics {
  idle: number;
  used: number;
  waiting: number;
}

export type PooledClient = PoolClient & DatabaseClient;

/** Milliseconds for Postgres to see a session off; then its connection is cut. */
const farewell = 2_000;

/** The sessions of one generation. What it adds to the driver's pool: holding, cutting, and an end that is one. */
export class SessionPool {
  readonly #pool: Pool;
  readonly #size: number;
  readonly #open = new Set<DatabaseClient>();
  readonly #waiters = new Set<(error: Interruption) => void>();
  #isHeld = false;
  #isCut = false;

  constructor(options: PoolConfig & { max: number }) {
    this.#size = options.max;
    // Idle sessions stay: the budget has to carry them anyway, and they still work when no new one can be had.
    this.#pool = new Pool({ ...options, idleTimeoutMillis: 0, Client: DatabaseClient });
    // The pool has already discarded an idle session that broke; without a listener the process would end.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => this.#track(client as PooledClient));
  }

  /**
   * One session for one unit of work; `release` gives it back.
   *
   * @throws Interruption when the credential is turned away or the pool was cut; DatabaseUnavailable otherwise
   */
  acquire(): Promise<PooledClient> {
    return new Promise((resolve, reject) => {
      this.#waiters.add(reject);
      this.#pool.connect((error, client) => {
        this.#waiters.delete(reject);
        if (client === undefined) {
          reject(asUnavailable(error));
        } else if (this.#isCut) {
          client.release(true);
          reject(tooLate());
        } else {
          resolve(client as PooledClient);
        }
      });
    });
  }

  /**
   * Opens sessions until there are `size`, as far as Postgres lets it. One after the other: each handshake takes milliseconds of
   * the processor, and all at once would hold up the units of work under way elsewhere.
   */
  async warm(size: number): Promise<void> {
    const held: PooledClient[] = [];
    while (!this.#isHeld && this.#pool.totalCount < Math.min(size, this.#size)) {
      // oxlint-disable-next-line no-await-in-loop -- see above
      const session = await this.acquire().catch(() => undefined);
      if (session === undefined) {
        break;
      }
      held.push(session);
    }
    held.forEach((session) => session.release());
  }

  /**
   * Whether to make do with the sessions that are open, because a new one would be refused: units of work then wait for one of
   * these instead of failing at the door.
   */
  hold(isHeld: boolean): void {
    if (isHeld !== this.#isHeld) {
      this.#isHeld = isHeld;
      this.#limit();
    }
  }

  /** Fails what is under way and what waits. */
  cut(): void {
    this.#isCut = true;
    for (const reject of this.#waiters) {
      reject(tooLate());
    }
    this.#waiters.clear();
    this.#open.forEach((client) => client.cut());
  }

  /** Ends all sessions; resolves when none is left. To be called when no unit of work is, or after a cut. */
  async end(): Promise<void> {
    const returned = this.#pool.end();
    if (!this.#isCut) {
      await returned;
    }
    // The driver's promise is fulfilled before the connections are closed (brianc/node-postgres#2328), and not before a unit of
    // work that was cut gives its session back, which may be never.
    const ended = Promise.all([...this.#open].map(whenEnded));
    const patience = new AbortController();
    const impatience = delay(farewell, undefined, { signal: patience.signal, ref: false }).then(
      () => this.cut(),
      () => undefined,
    );
    await ended;
    patience.abort();
    await impatience;
  }

  get sessions(): number {
    return this.#open.size;
  }

  get statistics(): PoolStatistics {
    const { idleCount, totalCount, waitingCount } = this.#pool;
    return { idle: idleCount, used: totalCount - idleCount, waiting: waitingCount };
  }

  #track(client: DatabaseClient): void {
    this.#open.add(client);
    // The driver listens only while a session is idle; one that breaks with nobody listening would end the process.
    client.on('error', () => undefined);
    this.#limit();
    client.once('end', () => {
      this.#open.delete(client);
      this.#limit();
    });
  }

  #limit(): void {
    this.#pool.options.max = this.#isHeld ? Math.max(this.#open.size, 1) : this.#size;
  }
}

/** Whatever errors come first, such as the goodbye of a server that stops. */
function whenEnded(client: DatabaseClient): Promise<void> {
  return new Promise((resolve) => client.once('end', () => resolve()));
}
