import { Gauge, type Registry } from 'prom-client';
import type { Database } from './database.ts';
import { generationStates } from './generation.states.ts';

/** Registers gauges that read the database at each scrape. */
export function observeDatabase(database: Database, registry: Registry): void {
  const registers = [registry];
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
