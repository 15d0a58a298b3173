import type { DatabaseCredentials, SecretSource } from '../secrets/index.ts';
import type { Logger } from '../telemetry/index.ts';
import type { DatabaseConfiguration } from './connection.options.ts';
import { DatabaseMetrics } from './database.metrics.ts';
import { DatabaseUnavailable } from './database.unavailable.ts';
import type { Generation } from './generation.ts';
import { GenerationFactory } from './generation.factory.ts';
import type { GenerationState } from './generation.states.ts';
import { Interruption, OutcomeUnknown } from './interruption.ts';
import { Rotation } from './rotation.ts';
import type { Session } from './session.ts';
import type { PoolStatistics } from './session.pool.ts';
import type { Statement, TransactionOptions, UnitOfWork } from './statement.ts';

export interface DatabaseOptions {
  configuration: DatabaseConfiguration;
  credentials: SecretSource<DatabaseCredentials>;
  applicationName: string;
  logger: Logger;
  metrics?: DatabaseMetrics;
}

/** A unit of work may be turned away at the door a few times while a pool shrinks to the sessions that work. */
const mostTries = 5;

/** Postgres under the runtime identity, whose credential may change at any time. Sessions and pools stay inside. */
export class Database implements UnitOfWork {
  readonly #factory: GenerationFactory;
  readonly #rotation: Rotation;
  readonly #metrics: DatabaseMetrics;

  constructor(private readonly options: DatabaseOptions) {
    const { credentials, configuration, logger, metrics = new DatabaseMetrics() } = options;
    this.#metrics = metrics;
    this.#factory = new GenerationFactory(options);
    this.#rotation = new Rotation({
      source: credentials,
      logger,
      metrics,
      drainTimeout: configuration.DATABASE_DRAIN_TIMEOUT_MS,
      prepare: (...next) => this.#factory.prepare(...next),
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
    return this.#run((session) => session.query(query, values), true);
  }

  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it throws. With `isReplayable` it may run a
   * second time after it was rolled back for a lost session or role: then it should change nothing but the database.
   */
  async transaction<Result>(
    work: (unit: UnitOfWork) => Promise<Result>,
    { isReplayable = false }: TransactionOptions = {},
  ): Promise<Result> {
    return this.#run((session) => session.transaction(work), isReplayable);
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

  async #run<Result>(work: (session: Session) => Promise<Result>, isReplayable: boolean): Promise<Result> {
    for (let tries = 1, replays = 0; ; tries++) {
      let generation = this.#generation();
      if (generation.isGone) {
        // oxlint-disable-next-line no-await-in-loop -- one try after the other
        await this.#changeFrom(generation);
        generation = this.#generation();
      }
      try {
        // oxlint-disable-next-line no-await-in-loop
        return await generation.run(work);
      } catch (error) {
        this.#notice(generation, error);
        const isOver = !(error instanceof Interruption) || tries === mostTries;
        if (isOver || (error.hasBegun && (!isReplayable || replays > 0))) {
          throw error;
        }
        if (error.hasBegun) {
          replays += 1;
          this.#metrics.replays.inc();
        } else if (error.isRefused && generation.sessions === 0) {
          // oxlint-disable-next-line no-await-in-loop
          await this.#changeFrom(generation);
        }
      }
    }
  }

  #notice(generation: Generation, error: unknown): void {
    if (error instanceof OutcomeUnknown) {
      this.#metrics.unknownOutcomes.inc();
    } else if (generation.isRefused) {
      this.#rotation.refuse(generation);
    }
  }

  #changeFrom(generation: Generation): Promise<void> {
    return this.#rotation.changeFrom(generation, this.options.configuration.DATABASE_CONNECT_TIMEOUT_MS);
  }

  /** When no new sessions may be had soon, all that may be needed are opened now. */
  #generation(): Generation {
    const { current } = this.#rotation;
    if (current === undefined) {
      throw new DatabaseUnavailable('no generation');
    }
    if (this.options.credentials.state === 'DEGRADED') {
      current.warmUp();
    }
    return current;
  }
}
