import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queryAs } from '../../test-fixtures/login.session.ts';
import { asSuperuser } from '../postgres/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { createVaultIdentity } from './index.ts';

describe("Vault's own login", () => {
  let service: TestDatabase;
  let neighbour: TestDatabase;
  const password = randomBytes(16).toString('hex');
  const data = () => ({ username: service.names.vault, password });
  const vault = (sql: string, database = service.names.database) =>
    queryAs(service.superuser, database, { data: data() }, sql);
  const superuser = (sql: string) =>
    asSuperuser(
      service.superuser,
      service.names.database,
      async (client) => [await client.query(sql)].flat().at(-1)?.rows,
    );

  beforeAll(async () => {
    [service, neighbour] = await Promise.all([
      createTestDatabase('demo-service'),
      createTestDatabase('demo-service'),
    ]);
    await createVaultIdentity(service.superuser, service.names, password);
    await superuser(`SET ROLE ${service.names.owner}; CREATE TABLE public.notes (text text)`);
  });
  afterAll(() => Promise.all([service.drop(), neighbour.drop()]));

  it('makes, prolongs and drops logins with the rights of the runtime', async () => {
    const { runtime } = service.names;
    const login = { username: `${runtime}-1`, password: 'of a test' };
    await vault(`CREATE ROLE "${login.username}" LOGIN PASSWORD '${login.password}'`);
    await vault(`GRANT ${runtime} TO "${login.username}" WITH INHERIT TRUE, SET FALSE`);
    const asLogin = () =>
      queryAs(service.superuser, service.names.database, { data: login }, 'SELECT * FROM public.notes');
    await expect(asLogin()).resolves.toEqual([]);
    await vault(`ALTER ROLE "${login.username}" VALID UNTIL '2001-01-01'`);
    await expect(asLogin()).rejects.toThrow('password authentication failed');
    await expect(vault(`DROP ROLE "${login.username}"`)).resolves.toEqual([]);
  });

  it('changes the password of the second runtime login, not that of the first', async () => {
    const [first, second] = service.names.runtimeLogins;
    await expect(vault(`ALTER ROLE ${second} PASSWORD 'of a test'`)).resolves.toEqual([]);
    await expect(vault(`ALTER ROLE ${first} PASSWORD 'of a test'`)).rejects.toThrow('permission denied');
  });

  it.each([
    ['read a table', () => 'SELECT * FROM public.notes'],
    ['create a table', () => 'CREATE TABLE public.mine ()'],
    ['create a temporary table', () => 'CREATE TEMPORARY TABLE mine ()'],
    ['create a schema', () => 'CREATE SCHEMA mine'],
    ['become the owner', ({ names }) => `SET ROLE ${names.owner}`],
    ['become the migrator', ({ names }) => `SET ROLE ${names.migrator}`],
    ['become the runtime', ({ names }) => `SET ROLE ${names.runtime}`],
    ['take the owner', ({ names }) => `GRANT ${names.owner} TO ${names.vault}`],
    ['log the owner in', ({ names }) => `ALTER ROLE ${names.owner} LOGIN PASSWORD 'x'`],
    ['make a superuser', () => 'CREATE ROLE mine SUPERUSER'],
    ['make a role past row security', () => 'CREATE ROLE mine BYPASSRLS'],
    ['make a role that replicates', () => 'CREATE ROLE mine REPLICATION'],
    ['make a role that creates databases', () => 'CREATE ROLE mine CREATEDB'],
    ['create a database', () => 'CREATE DATABASE mine'],
    ['read all there is', ({ names }) => `GRANT pg_read_all_data TO ${names.vault}`],
    ['read files of the server', () => "SELECT pg_read_file('postgresql.conf')"],
    ['read passwords', () => 'SELECT * FROM pg_authid'],
  ] as [string, (of: TestDatabase) => string][])("can't %s", async (_, sql) => {
    await expect(vault(sql(service))).rejects.toThrow(/permission denied|must be/);
    // The negative control: it is the missing right that refuses, not a mistake in the statement.
    const inTransaction = sql(service).startsWith('CREATE DATABASE') ? 'SELECT 1' : sql(service);
    await expect(superuser(`BEGIN; ${inTransaction}; ROLLBACK`)).resolves.toBeDefined();
  });

  it("can't touch a neighbour: neither its database nor its roles", async () => {
    const { database, runtime, runtimeLogins, migrator } = neighbour.names;
    await expect(vault('SELECT 1', database)).rejects.toThrow('permission denied for database');
    const attacks = [
      `GRANT ${runtime} TO ${service.names.vault}`,
      `GRANT ${migrator} TO ${service.names.vault}`,
      `ALTER ROLE ${runtimeLogins[0]} PASSWORD 'x'`,
      `DROP ROLE ${migrator}`,
    ].map((sql) => expect(vault(sql)).rejects.toThrow('permission denied'));
    await Promise.all(attacks);
  });

  it('could, if it was stolen, issue itself what it issues to others: that right is what it is for', async () => {
    const { vault: own, runtime, migrator, owner } = service.names;
    const read = `GRANT ${runtime} TO ${own} WITH INHERIT TRUE; SELECT * FROM public.notes`;
    const rule = `GRANT ${migrator} TO ${own} WITH SET TRUE; SET ROLE ${owner}; DROP TABLE public.notes`;
    await expect(vault(`BEGIN; ${read}; ROLLBACK`)).resolves.toBeDefined();
    await expect(vault(`BEGIN; ${rule}; ROLLBACK`)).resolves.toBeDefined();
    await expect(vault('SELECT * FROM public.notes')).rejects.toThrow('permission denied');
  });
});
