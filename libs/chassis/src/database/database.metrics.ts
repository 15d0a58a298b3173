import { Gauge, type Registry } from 'prom-client';
import type { Database } from './database.ts';

/** Registers gauges that read the pool at each scrape. */
export function observeDatabase(database: Database, registry: Registry): void {
  const connections = new Gauge({
    name: 'db_client_connections',
    help: 'Connections of the current pool generation by state; waiting counts units of work in the queue',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, value] of Object.entries(database.statistics)) {
        connections.set({ state }, value);
      }
    },
  });
  const generation = new Gauge({
    name: 'db_client_generation',
    help: 'Number of the current pool generation, 0 before the first',
    registers: [registry],
    collect() {
      generation.set(database.generation);
    },
  });
}
