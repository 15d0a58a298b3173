import type { TestProject } from 'vitest/node';
import { POSTGRES_OF_THE_RUN } from './provided.context.ts';
import { openThrowawayPostgres } from './throwaway.postgres.ts';

/** Vitest's globalSetup: one real Postgres for all test files of a run, gone with it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await openThrowawayPostgres();
  project.provide(POSTGRES_OF_THE_RUN, postgres.coordinates);
  return () => postgres.remove();
}
