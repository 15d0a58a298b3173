import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from './database.ts';
import { generationStates } from './generation.states.ts';

/** What happens to generations and their units of work. */
export class DatabaseMetrics {
  readonly rotations;
  readonly drainSeconds;
  readonly forcedCloses;
  readonly replays;
  readonly unknownOutcomes;

  constructor(readonly registry: Registry = new Registry()) {
    const registers = [registry];
    this.rotations = new Counter({
      name: 'db_client_rotations_total',
      help: 'Changes of generation by result: success, refused (Postgres turned the new credential away) or failed',
      labelNames: ['result'] as const,
      registers,
    });
    this.drainSeconds = new Histogram({
      name: 'db_client_drain_seconds',
      help: 'Time in which an outgoing generation finished its work and closed',
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60],
      registers,
    });
    this.forcedCloses = new Counter({
      name: 'db_client_forced_closes_total',
      help: 'Units of work that were cut off because their generation had to close',
      registers,
    });
    this.replays = new Counter({
      name: 'db_client_replays_total',
      help: 'Units of work that began again on another session, because nothing of them was committed',
      registers,
    });
    this.unknownOutcomes = new Counter({
      name: 'db_client_unknown_outcomes_total',
      help: 'Units of work whose session was lost during the commit',
      registers,
    });
  }

  /** Adds gauges that read the database at each scrape. */
  observe(database: Database): void {
    const registers = [this.registry];
    const connections = new Gauge({
      name: 'db_client_connections',
      help: 'Connections of the current pool generation by state; waiting counts units of work in the queue',
      labelNames: ['state'],
      registers,
      collect() {
        for (const [state, value] of Object.entries(database.statistics)) {
          connections.set({ state }, value);
        }
      },
    });
    const generation = new Gauge({
      name: 'db_client_generation',
      help: 'Number of the current pool generation, 0 before the first',
      registers,
      collect() {
        generation.set(database.generation);
      },
    });
    const sessions = new Gauge({
      name: 'db_client_sessions',
      help: 'Open sessions of all generations by the state of their generation',
      labelNames: ['state'],
      registers,
      collect() {
        for (const state of generationStates) {
          sessions.set({ state }, database.sessionsOf(state));
        }
      },
    });
  }
}
