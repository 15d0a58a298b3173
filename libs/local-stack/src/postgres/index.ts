export { startPostgres } from './postgres.launcher.ts';
export type { PostgresCoordinates, PostgresOptions, RunningPostgres } from './postgres.launcher.ts';
export { isPortFree } from './port.choice.ts';
export { asSuperuser } from './superuser.session.ts';
export { removePostgres } from './abandoned.postgres.ts';
export type { StopMode } from './postmaster.process.ts';
export { readSuperuser } from './data.directory.ts';
