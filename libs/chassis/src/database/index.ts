export type { DatabaseConfiguration } from './connection.options.ts';
export { Database } from './database.ts';
export { observeDatabase } from './database.metrics.ts';
export { DatabaseUnavailable } from './database.unavailable.ts';
export { migrate } from './migrate.ts';
export { MigrationError } from './migration.progress.ts';
export { type Statement, statement, type UnitOfWork } from './statement.ts';
