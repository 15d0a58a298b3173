import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import type { DatabaseCredentials } from '../secrets/index.ts';
import { connectionOptions, type DatabaseConfiguration } from './connection.options.ts';
import { translate } from './database.unavailable.ts';
import { MigrationError, Progress } from './migration.progress.ts';
import { DatabaseClient } from './database.client.ts';

export interface MigrationOptions {
  /** Folder of plain SQL files, `0001-noun.sql`, applied in the order of their numbers. */
  directory: URL;
  configuration: DatabaseConfiguration;
  /** The migrator's, the only identity that may change the schema. */
  credentials: DatabaseCredentials;
}

/**
 * Applies what is missing, all of it or nothing. Several runs at once are safe: one works, the others wait.
 * The bookkeeping lives in the schema `migrations`, where the runtime identity has no rights.
 *
 * @returns names of the files applied now
 * @throws MigrationError, DatabaseUnavailable
 */
export async function migrate(options: MigrationOptions): Promise<string[]> {
  const directory = fileURLToPath(options.directory);
  await assertNumbered(directory);
  const connection = await connectionOptions(options.configuration, options.credentials, 'migrate');
  // A migration may rewrite a table, and another run may take its time: neither is a reason to give up.
  const client = new DatabaseClient({
    ...connection,
    statement_timeout: 0,
    query_timeout: 0,
    lock_timeout: 0,
  });
  client.on('error', () => undefined);
  try {
    await client.connect().catch((error: unknown) => {
      throw translate(error);
    });
    await waitForOtherRuns(client);
    await boundLocks(client, options.configuration.DATABASE_LOCK_TIMEOUT_MS);
    return await apply(client, directory);
  } finally {
    await client.end();
  }
}

/** Any number will do, as long as all runs of all versions use the same. Held until the session ends. */
const lockId = 9_464_5432;

async function waitForOtherRuns(client: DatabaseClient): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [lockId]);
}

/** A migration that waits for a busy table makes every later statement on it wait behind: better to fail and retry. */
async function boundLocks(client: DatabaseClient, milliseconds: number): Promise<void> {
  await client.query(`select set_config('lock_timeout', $1, false)`, [String(milliseconds)]);
}

async function apply(client: DatabaseClient, directory: string): Promise<string[]> {
  const progress = new Progress();
  try {
    const applied = await runner({
      dbClient: client,
      dir: directory,
      direction: 'up',
      migrationsSchema: 'migrations',
      migrationsTable: 'applied',
      schema: 'public',
      checkOrder: true,
      singleTransaction: true,
      logger: progress,
    });
    return applied.map(({ name }) => name);
  } catch (error) {
    throw progress.explain(error);
  }
}

async function assertNumbered(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => {
    throw new MigrationError(`${directory} can't be read; it must hold the service's migrations`);
  });
  const odd = names.filter((name) => !/^\d{4}-[a-z0-9-]+\.sql$/.test(name));
  if (odd.length > 0) {
    throw new MigrationError(`${odd.join(', ')} in ${directory}: name migrations like 0001-noun.sql`);
  }
}
