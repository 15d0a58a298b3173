import type { DatabaseCredentials, SecretSource } from '../secrets/index.ts';
import type { Logger } from '../telemetry/index.ts';
import type { DatabaseConfiguration } from './connection.options.ts';
import { DatabaseMetrics } from './database.metrics.ts';
import { DatabaseUnavailable } from './database.unavailable.ts';
import type { Generation } from './generation.ts';
import { GenerationFactory } from './generation.factory.ts';
import type { GenerationState } from './generation.states.ts';
import { Rotation } from './rotation.ts';
import type { PoolStatistics } from './session.pool.ts';
import type { Statement, TransactionOptions, UnitOfWork } from './statement.ts';
import { UnitRunner } from './unit.runner.ts';

export interface DatabaseOptions {
  configuration: DatabaseConfiguration;
  credentials: SecretSource<DatabaseCredentials>;
  applicationName: string;
  logger: Logger;
  metrics?: DatabaseMetrics;
}

/** Postgres under the runtime identity, whose credential may change at any time. Sessions and pools stay inside. */
export class Database implements UnitOfWork {
  readonly #factory: GenerationFactory;
  readonly #rotation: Rotation;
  readonly #units: UnitRunner;

  constructor(private readonly options: DatabaseOptions) {
    const { credentials, configuration, logger, metrics = new DatabaseMetrics() } = options;
    this.#factory = new GenerationFactory(options);
    this.#rotation = new Rotation({
      source: credentials,
      logger,
      metrics,
      drainTimeout: configuration.DATABASE_DRAIN_TIMEOUT_MS,
      prepare: (...next) => this.#factory.prepare(...next),
    });
    this.#units = new UnitRunner({
      rotation: this.#rotation,
      metrics,
      patience: configuration.DATABASE_CONNECT_TIMEOUT_MS,
      current: () => this.#current(),
    });
  }

  /**
   * Makes the first generation.
   *
   * @throws DatabaseUnavailable when Postgres refuses or can't be reached; call again later
   */
  async open(): Promise<void> {
    await this.#rotation.open();
  }

  /** A statement alone begins again, once, when its session or its role is lost and it has changed nothing. */
  async query<Row>(query: Statement<Row>, values?: readonly unknown[]): Promise<Row[]> {
    return this.#units.run((session) => session.query(query, values), true);
  }

  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it throws. With `isReplayable` it may run a
   * second time after it was rolled back for a lost session or role: then it should change nothing but the database.
   */
  async transaction<Result>(
    work: (unit: UnitOfWork) => Promise<Result>,
    { isReplayable = false }: TransactionOptions = {},
  ): Promise<Result> {
    return this.#units.run((session) => session.transaction(work), isReplayable);
  }

  /** Number of the generation that serves, 0 before the first. */
  get generation(): number {
    return this.#rotation.current?.number ?? 0;
  }

  get statistics(): PoolStatistics {
    return this.#rotation.current?.statistics ?? { idle: 0, used: 0, waiting: 0 };
  }

  /** Open sessions of the generations in this state. */
  sessionsOf(state: GenerationState): number {
    return this.#factory.sessionsOf(state);
  }

  /** What keeps it from working as it should, for people; undefined when nothing does. */
  get problem(): string | undefined {
    const { current } = this.#rotation;
    if (current === undefined) {
      return 'no generation yet';
    }
    return current.isRefused ? `Postgres refuses the credential of generation ${current.number}` : undefined;
  }

  /** Waits for units of work in flight, then ends all sessions and gives the credentials back. */
  async close(): Promise<void> {
    await this.#rotation.close();
  }

  /** When no new sessions may be had soon, all that may be needed are opened now. */
  #current(): Generation {
    const { current } = this.#rotation;
    if (current === undefined) {
      throw new DatabaseUnavailable('no generation');
    }
    current.stayWarm(this.options.credentials.state === 'DEGRADED');
    return current;
  }
}
