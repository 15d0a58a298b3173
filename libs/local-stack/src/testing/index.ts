export { createTestDatabase, type TestDatabase } from './test.database.ts';
export { openThrowawayPostgres, type ThrowawayPostgres } from './throwaway.postgres.ts';
export { asSuperuser } from '../postgres/index.ts';
