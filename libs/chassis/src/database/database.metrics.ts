import { Counter, Histogram, Registry } from 'prom-client';

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
}
