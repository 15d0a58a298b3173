import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createTestDatabase,
  openThrowawayPostgres,
  type TestDatabase,
  type ThrowawayPostgres,
} from './index.ts';
import { readMountedSecret } from '../credentials/index.ts';

describe('a Postgres of one test file', () => {
  let postgres: ThrowawayPostgres;
  let database: TestDatabase;

  const query = async (sql: string) => {
    const { DATABASE_HOST, DATABASE_PORT, DATABASE_NAME, DATABASE_CA_FILE, SECRETS_DIRECTORY } =
      database.environment;
    const login = await readMountedSecret(`${SECRETS_DIRECTORY}/db-migrator-credentials`);
    const client = new Client({
      host: DATABASE_HOST,
      port: Number(DATABASE_PORT),
      database: DATABASE_NAME,
      user: login?.['username'],
      password: login?.['password'],
      ssl: { ca: await readFile(DATABASE_CA_FILE ?? '', 'utf8') },
    });
    await client.connect();
    const { rows } = await client.query(sql);
    await client.end();
    return rows;
  };

  beforeAll(async () => {
    postgres = await openThrowawayPostgres();
    database = await createTestDatabase('demo-service', postgres.coordinates);
  });
  afterAll(() => postgres.remove());

  it('is away after a crash and comes back with all that was committed', async () => {
    await query('CREATE TABLE kept ()');
    await postgres.stop('immediate');
    await expect(query('SELECT 1')).rejects.toThrow('ECONNREFUSED');
    await postgres.start();
    await expect(query('SELECT * FROM kept')).resolves.toEqual([]);
  });
});
