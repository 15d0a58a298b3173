export type { DatabaseConfiguration } from './connection.options.ts';
export { Database } from './database.ts';
export { DatabaseMetrics } from './database.metrics.ts';
export { DatabaseUnavailable } from './database.unavailable.ts';
export { type GenerationState, generationTransitions } from './generation.states.ts';
export { OutcomeUnknown } from './interruption.ts';
export { migrate } from './migrate.ts';
export { MigrationError } from './migration.progress.ts';
export { type Statement, statement, type TransactionOptions, type UnitOfWork } from './statement.ts';
