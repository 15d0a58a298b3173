import { readFile } from 'node:fs/promises';
import { Client, type QueryResult } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMountedSecret, writeMountedSecret } from '../credentials/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { asSuperuser } from '../postgres/index.ts';
import { provisionService } from './index.ts';

type Who = 'db-credentials' | 'db-migrator-credentials';

/** Of several statements in one query, the last one's. */
const rowsOf = (result: QueryResult | QueryResult[]): unknown[] => [result].flat().at(-1)?.rows ?? [];

describe('the identities of a service', () => {
  let service: TestDatabase;
  let neighbour: TestDatabase;

  const login = async (who: Who) => (await readMountedSecret(`${service.secretsDirectory}/${who}`)) ?? {};
  const run = async (who: Who, sql: string, { database = service.names.database, password = '' } = {}) => {
    const found = await login(who);
    const client = new Client({
      host: service.superuser.host,
      port: service.superuser.port,
      database,
      user: found['username'],
      password: password || found['password'],
      ssl: { ca: await readFile(service.superuser.caFile, 'utf8') },
    });
    await client.connect();
    try {
      return rowsOf(await client.query(sql));
    } finally {
      await client.end();
    }
  };
  const runtime = (sql: string) => run('db-credentials', sql);
  const migrator = (sql: string) => run('db-migrator-credentials', sql);
  const superuser = (sql: string) =>
    asSuperuser(service.superuser, service.names.database, async (client) => rowsOf(await client.query(sql)));

  beforeAll(async () => {
    [service, neighbour] = await Promise.all([
      createTestDatabase('demo-service'),
      createTestDatabase('demo-service'),
    ]);
    await migrator(`
      CREATE TABLE notes (id serial PRIMARY KEY, text text NOT NULL);
      CREATE TABLE migrations.applied (name text);
      CREATE FUNCTION answer() RETURNS int LANGUAGE sql AS 'SELECT 42'`);
  });
  afterAll(() => Promise.all([service.drop(), neighbour.drop()]));

  it('let the runtime read and write rows', async () => {
    await expect(
      runtime(`INSERT INTO notes (text) VALUES ('one'); UPDATE notes SET text = 'two'; DELETE FROM notes`),
    ).resolves.toBeDefined();
    await expect(runtime('SELECT * FROM notes')).resolves.toEqual([]);
  });

  it.each([
    ['create a table', 'CREATE TABLE mine ()'],
    ['create a temporary table', 'CREATE TEMPORARY TABLE mine ()'],
    ['create a schema', 'CREATE SCHEMA mine'],
    ['create a role', 'CREATE ROLE mine'],
    ['create a function', "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'"],
    ['change a table', 'ALTER TABLE notes ADD COLUMN mine text'],
    ['drop a table', 'DROP TABLE notes'],
    ['truncate a table', 'TRUNCATE notes'],
    [
      'set a trigger on a table',
      'CREATE TRIGGER mine BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
    ],
    ['read another schema', 'SELECT * FROM migrations.applied'],
    ['run a function that nobody granted', 'SELECT answer()'],
    ['set a sequence back', "SELECT setval('notes_id_seq', 1)"],
    ['read passwords', 'SELECT * FROM pg_authid'],
    ['read a file of the server', "SELECT pg_read_file('postgresql.conf')"],
    ['run a program of the server', "COPY notes (text) FROM PROGRAM 'id'"],
  ])("don't let the runtime %s", async (_, sql) => {
    await expect(runtime(sql)).rejects.toThrow(/permission denied|must be owner/);
    // The negative control: it is the missing right that refuses, not a mistake in the statement.
    await expect(superuser(`BEGIN; ${sql}; ROLLBACK`)).resolves.toBeDefined();
  });

  it.each(['owner', 'migrator', 'runtime'] as const)("don't let the runtime act as the %s", async (role) => {
    await expect(runtime(`SET ROLE "${service.names[role]}"`)).rejects.toThrow(
      'permission denied to set role',
    );
  });

  it('let the migrator change the schema, as the owner', async () => {
    await migrator('ALTER TABLE notes ADD COLUMN seen boolean; CREATE TABLE more ()');
    const owners = await superuser(
      "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname IN ('public', 'migrations')",
    );
    expect(owners).toEqual([{ tableowner: service.names.owner }]);
  });

  it('let the migrator make nothing of its own', async () => {
    await expect(migrator('SET ROLE NONE; CREATE TABLE mine ()')).rejects.toThrow(
      'no schema has been selected to create in',
    );
  });

  it('let nobody log in as the owner or as the group', async () => {
    const { owner, runtime: group } = service.names;
    const rows = await superuser(
      `SELECT rolcanlogin FROM pg_roles WHERE rolname IN ('${owner}', '${group}')`,
    );
    expect(rows).toEqual([{ rolcanlogin: false }, { rolcanlogin: false }]);
  });

  it("don't let a service into another one's database, nor into the server's own", async () => {
    const elsewhere = [neighbour.names.database, 'postgres', 'template1'].flatMap((database) =>
      (['db-credentials', 'db-migrator-credentials'] as const).map((who) =>
        expect(run(who, 'SELECT 1', { database })).rejects.toThrow('permission denied for database'),
      ),
    );
    await Promise.all(elsewhere);
  });

  it('store passwords as SCRAM verifiers only', async () => {
    const rows = await superuser(
      `SELECT DISTINCT left(rolpassword, 13) AS kind FROM pg_authid WHERE rolname LIKE '${service.names.database}%' AND rolcanlogin`,
    );
    expect(rows).toEqual([{ kind: 'SCRAM-SHA-256' }]);
  });

  it('follow the credential files when they are made again: roles and data stay, passwords change', async () => {
    const { username = '', password = '' } = await login('db-credentials');
    const directory = `${service.secretsDirectory}/db-credentials`;
    await writeMountedSecret(directory, { username, password: 'a new password, in a test' });
    await provisionService(service.superuser, service.names, service.secretsDirectory);
    await expect(runtime('SELECT current_user::text AS name')).resolves.toEqual([{ name: username }]);
    await expect(run('db-credentials', 'SELECT 1', { password })).rejects.toThrow(
      'password authentication failed',
    );
    await expect(runtime('DROP TABLE notes')).rejects.toThrow('must be owner');
  });

  it('let the second runtime login take over, with the same rights', async () => {
    const [, second] = service.names.runtimeLogins;
    const directory = `${service.secretsDirectory}/db-credentials`;
    await writeMountedSecret(directory, { username: second, password: 'another password, in a test' });
    await provisionService(service.superuser, service.names, service.secretsDirectory);
    await expect(runtime('SELECT current_user::text AS name')).resolves.toEqual([{ name: second }]);
    await expect(runtime('SELECT count(*) FROM notes')).resolves.toBeDefined();
    await expect(runtime('TRUNCATE notes')).rejects.toThrow('permission denied');
  });
});
