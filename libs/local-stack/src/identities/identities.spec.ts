import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMountedSecret } from '../credentials/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';

describe('the identities of a service', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase('demo-service');
  });
  afterAll(() => database.drop());

  it('works', async () => {
    const login = await readMountedSecret(`${database.secretsDirectory}/db-credentials`);
    const client = new Client({
      host: database.environment['DATABASE_HOST'],
      port: Number(database.environment['DATABASE_PORT']),
      database: database.names.database,
      user: login?.['username'],
      password: login?.['password'],
      ssl: { ca: await readFile(database.environment['DATABASE_CA_FILE'] ?? '', 'utf8') },
    });
    await client.connect();
    expect((await client.query('select current_user u')).rows).toEqual([{ u: login?.['username'] }]);
    await client.end();
  });
});
