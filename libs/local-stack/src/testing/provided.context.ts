import type { PostgresCoordinates } from '../postgres/index.ts';

/** Under this name the global setup hands its Postgres to the test files. */
export const POSTGRES_OF_THE_RUN = 'localPostgres';

declare module 'vitest' {
  interface ProvidedContext {
    [POSTGRES_OF_THE_RUN]: PostgresCoordinates;
  }
}
