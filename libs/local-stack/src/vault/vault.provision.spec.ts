import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queryAs } from '../../test-fixtures/login.session.ts';
import { readMountedSecret } from '../credentials/index.ts';
import { asSuperuser } from '../postgres/index.ts';
import {
  createTestDatabase,
  openThrowawayVault,
  provisionTestVault,
  vaultMissing,
  type TestDatabase,
  type TestVault,
  type ThrowawayVault,
} from '../testing/index.ts';

interface Issued {
  lease_id: string;
  lease_duration: number;
  data: { username: string; password: string };
}

const missing = vaultMissing();
/** As long as a name may be. */
const SERVICE = 'a-service-whose-name-is-long-enough';

describe.skipIf(missing)(`a Vault that is configured for a service${missing ? ` (${missing})` : ''}`, () => {
  let vault: ThrowawayVault;
  let database: TestDatabase;
  let provisioned: TestVault;

  const read = async (path: string) => (await vault.call('GET', path)) as Issued;
  const run = (issued: Issued, sql: string) =>
    queryAs(database.superuser, database.names.database, issued, sql);
  const superuser = (sql: string) =>
    asSuperuser(database.superuser, 'postgres', async (client) => (await client.query(sql)).rows);

  beforeAll(async () => {
    [vault, database] = await Promise.all([openThrowawayVault(), createTestDatabase(SERVICE)]);
    provisioned = await provisionTestVault(vault, database, { leaseSeconds: 600, maxLeaseSeconds: 900 });
    const migrator = await read(provisioned.migratorPath);
    await run(migrator, 'CREATE TABLE notes (id serial PRIMARY KEY, text text)');
  });
  afterAll(async () => {
    await vault.remove();
    await database.drop();
  });

  it('issues logins that read and write rows, and nothing more', async () => {
    const login = await read(provisioned.databasePath);
    await expect(run(login, "INSERT INTO notes (text) VALUES ('one')")).resolves.toEqual([]);
    await expect(run(login, 'SELECT text FROM notes')).resolves.toEqual([{ text: 'one' }]);
    const { owner, runtime } = database.names;
    const refused = [
      'TRUNCATE notes',
      'CREATE TABLE mine ()',
      'CREATE ROLE mine',
      `SET ROLE ${owner}`,
      `SET ROLE ${runtime}`,
    ].map((sql) => expect(run(login, sql)).rejects.toThrow('permission denied'));
    await Promise.all(refused);
  });

  it('issues logins for migrations that act as the owner', async () => {
    const login = await read(provisioned.migratorPath);
    const { owner } = database.names;
    await expect(run(login, 'SELECT current_user::text AS name')).resolves.toEqual([{ name: owner }]);
    await expect(run(login, 'CREATE TABLE more (); ALTER TABLE notes ADD seen boolean')).resolves.toEqual([]);
    await expect(run(login, 'SET ROLE NONE; CREATE TABLE mine ()')).rejects.toThrow('no schema has been');
  });

  it('names logins after their role, in no more letters than Postgres keeps', async () => {
    const logins = await Promise.all([provisioned.databasePath, provisioned.migratorPath].map(read));
    const [runtime, migrator] = logins.map(({ data }) => data.username);
    expect(runtime).toMatch(new RegExp(`^${database.names.runtime.slice(0, 42)}-\\w{20}$`));
    expect(migrator).toMatch(new RegExp(`^${database.names.migrator.slice(0, 42)}-\\w{20}$`));
    expect(logins.map(({ data }) => data.username.length)).toEqual([63, 63]);
    const found = await superuser(
      `SELECT rolname FROM pg_roles WHERE rolname IN ('${runtime}', '${migrator}')`,
    );
    expect(found).toHaveLength(2);
  });

  it('prolongs a login up to the end it was given, and drops it when it is revoked', async () => {
    const login = await read(provisioned.databasePath);
    const validUntil = async () => {
      const [row] = await superuser(
        `SELECT extract(epoch FROM rolvaliduntil - now())::int AS seconds FROM pg_roles WHERE rolname = '${login.data.username}'`,
      );
      return (row as { seconds: number } | undefined)?.seconds;
    };
    await expect(validUntil()).resolves.toBeLessThanOrEqual(606);
    const { lease_id } = login;
    const renewed = await vault.call('PUT', 'sys/leases/renew', { lease_id, increment: 3600 });
    expect((renewed as Issued).lease_duration).toBeLessThanOrEqual(900);
    await expect(validUntil()).resolves.toBeGreaterThan(800);
    await vault.call('PUT', 'sys/leases/revoke', { lease_id, sync: true });
    await expect(validUntil()).resolves.toBeUndefined();
    await expect(run(login, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('changes the password of the login whose name stays', async () => {
    const before = await read(provisioned.staticDatabasePath);
    const [, username] = database.names.runtimeLogins;
    expect(before.data.username).toBe(username);
    await expect(run(before, 'SELECT text FROM notes')).resolves.toBeDefined();
    await vault.call('POST', `database/rotate-role/${username}`);
    const after = await read(provisioned.staticDatabasePath);
    await expect(run(before, 'SELECT 1')).rejects.toThrow('password authentication failed');
    await expect(run(after, 'SELECT text FROM notes')).resolves.toBeDefined();
  });

  it('knows the same API keys as the mounted secret', async () => {
    const keys = await vault.call('GET', provisioned.apiKeysPath);
    const files = await readMountedSecret(join(database.secretsDirectory, 'api-keys'));
    expect(keys).toHaveProperty('data.data', files);
    expect(files).toHaveProperty('external-api', database.apiKey);
  });

  it('sends Postgres verifiers, so that no password is in its log', async () => {
    const { vault: own } = database.names;
    await superuser(`ALTER ROLE ${own} SET log_statement = 'ddl'`);
    // The engine's sessions began before that; configured anew, it opens others.
    provisioned = await provisionTestVault(vault, database);
    const logins = await Promise.all([provisioned.databasePath, provisioned.staticDatabasePath].map(read));
    const log = await readFile(join(database.superuser.directory, 'postgres.log'), 'utf8');
    expect(log).toContain(`CREATE ROLE "${logins[0]?.data.username}" LOGIN PASSWORD 'SCRAM-SHA-256$`);
    expect(logins.filter(({ data }) => log.includes(data.password))).toEqual([]);
  });
});
