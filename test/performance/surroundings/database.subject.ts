import { defineConfiguration, readConfiguration } from '@secure-backend/chassis/configuration';
import { Database, DatabaseMetrics } from '@secure-backend/chassis/database';
import type { LoadSubject } from '../load/saturating.load.ts';
import type { BenchPostgres } from './bench.postgres.ts';
import type { CredentialStore } from './credential.store.ts';
import { bookChange, changeItem, readItem } from './item.statements.ts';
import { generationIs, type ServiceEvents } from './service.events.ts';

/** Milliseconds that a new generation may take, or an old one to close: far more than either should. */
const patience = 30_000;

export interface SubjectOptions {
  postgres: BenchPostgres;
  store: CredentialStore;
  events: ServiceEvents;
  application: string;
  poolSize: number;
  signal: AbortSignal;
}

/** The chassis' database, as a service would use it, under credentials that change. */
export class DatabaseSubject implements LoadSubject {
  readonly metrics = new DatabaseMetrics();
  readonly database: Database;
  readonly #options: SubjectOptions;

  constructor(options: SubjectOptions) {
    const { postgres, store, events, application, poolSize } = options;
    this.#options = options;
    const variables = {
      ...postgres.service.environment,
      ...store.environment,
      DATABASE_POOL_SIZE: String(poolSize),
    };
    this.database = new Database({
      configuration: readConfiguration(defineConfiguration({}), variables),
      credentials: store.source,
      applicationName: application,
      logger: events.logger,
      metrics: this.metrics,
    });
  }

  readonly read = async (item: number): Promise<void> => {
    const [row] = await this.database.query(readItem, [item]);
    if (row?.id !== item) throw new Error('a wrong answer');
  };

  readonly write = (item: number, unit: number): Promise<void> =>
    this.database.transaction(
      async (work) => {
        await work.query(changeItem, [item]);
        await work.query(bookChange, [unit, item]);
      },
      { isReplayable: true },
    );

  /** Resolves when a later generation than this one serves. */
  async isSucceeded(generation: number): Promise<void> {
    await this.#reaches(generation + 1, 'CURRENT');
  }

  /** Resolves when this generation has no session left. */
  async isClosed(generation: number): Promise<void> {
    await this.#reaches(generation, 'CLOSED');
  }

  /** Resolves when the store has this generation's credential back. */
  async isReturned(generation: number): Promise<void> {
    await this.#reaches(generation, 'REVOKED');
  }

  /** What one of the database's own counters says. */
  async count(metric: 'unknownOutcomes' | 'replays'): Promise<number> {
    const { values } = await this.metrics[metric].get();
    return values.reduce((sum, { value }) => sum + value, 0);
  }

  async #reaches(generation: number, state: string): Promise<void> {
    const { events, signal } = this.#options;
    await events.first(
      `generation ${generation} ${state}`,
      generationIs(generation, state),
      patience,
      signal,
    );
  }
}
