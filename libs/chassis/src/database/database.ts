import type { DatabaseCredentials, SecretSource } from '../secrets/index.ts';
import type { Logger } from '../telemetry/index.ts';
import { connectionOptions, type DatabaseConfiguration } from './connection.options.ts';
import { DatabaseUnavailable } from './database.unavailable.ts';
import { Generation, type PoolStatistics } from './generation.ts';
import type { Statement, UnitOfWork } from './statement.ts';

export interface DatabaseOptions {
  configuration: DatabaseConfiguration;
  credentials: SecretSource<DatabaseCredentials>;
  applicationName: string;
  logger: Logger;
}

/** Postgres under the runtime identity. Sessions and pools stay inside. */
export class Database implements UnitOfWork {
  #current: Generation | undefined;
  #number = 0;
  /** Serialises changes of generation and lets `close` wait for the draining ones. */
  #changes: Promise<unknown> = Promise.resolve();
  readonly #unsubscribe: () => void;

  constructor(private readonly options: DatabaseOptions) {
    this.#unsubscribe = options.credentials.subscribe((next) => void this.#adoptAndLog(next.value));
  }

  /**
   * Makes the first generation.
   *
   * @throws DatabaseUnavailable when Postgres refuses or can't be reached; call again later
   */
  async open(): Promise<void> {
    await this.#adopt(this.options.credentials.current.value);
  }

  async query<Row>(query: Statement<Row>, values?: readonly unknown[]): Promise<Row[]> {
    return this.#generation().run((session) => session.query(query, values));
  }

  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
  async transaction<Result>(work: (unit: UnitOfWork) => Promise<Result>): Promise<Result> {
    return this.#generation().run((session) => session.transaction(work));
  }

  /** Number of the generation that serves, 0 before the first. */
  get generation(): number {
    return this.#current?.number ?? 0;
  }

  get statistics(): PoolStatistics {
    return this.#current?.statistics ?? { idle: 0, used: 0, waiting: 0 };
  }

  /** Waits for units of work in flight, then ends all sessions. */
  async close(): Promise<void> {
    this.#unsubscribe();
    await this.#changes;
    const last = this.#current;
    this.#current = undefined;
    await last?.drain();
  }

  #generation(): Generation {
    if (this.#current === undefined) {
      throw new DatabaseUnavailable('no generation');
    }
    return this.#current;
  }

  #adopt(credentials: DatabaseCredentials): Promise<void> {
    const change = this.#changes.then(() => this.#replace(credentials));
    this.#changes = change.catch(() => undefined);
    return change;
  }

  async #replace(credentials: DatabaseCredentials): Promise<void> {
    const { configuration, applicationName, logger } = this.options;
    const options = await connectionOptions(configuration, credentials, applicationName);
    const next = await Generation.prepare(this.#number + 1, {
      ...options,
      max: configuration.DATABASE_POOL_SIZE,
    });
    const previous = this.#current;
    this.#number = next.number;
    this.#current = next;
    logger.info('database generation is current', { 'database.generation': next.number });
    await previous?.drain();
  }

  async #adoptAndLog(credentials: DatabaseCredentials): Promise<void> {
    await this.#adopt(credentials).catch((error: unknown) => {
      this.options.logger.error('new database credential refused; the old generation serves on', {}, error);
    });
  }
}
