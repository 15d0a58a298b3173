import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSecret } from '../credentials/index.ts';
import { createIdentities } from '../identities/index.ts';
import { asSuperuser } from '../postgres/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { isVerifierOf, scramVerifier } from './scram.verifier.ts';

describe('a SCRAM verifier', () => {
  let service: TestDatabase;
  const password = newSecret();
  const verifier = scramVerifier(password);

  const logIn = async (user: string, given: string) => {
    const { host, port, caFile } = service.superuser;
    const ssl = { ca: await readFile(caFile, 'utf8') };
    const client = new Client({ host, port, database: service.names.database, user, password: given, ssl });
    await client.connect();
    await client.end();
  };

  beforeAll(async () => {
    service = await createTestDatabase('demo-service');
    const [username] = service.names.runtimeLogins;
    const migrator = { username: service.names.migrator, password: scramVerifier(newSecret()) };
    await createIdentities(service.superuser, service.names, {
      migrator,
      runtime: { username, password: verifier },
    });
  });
  afterAll(() => service.drop());

  it('is stored by Postgres as it is, where the SQL of the identities says password', async () => {
    const stored = await asSuperuser(service.superuser, 'postgres', async (client) => {
      const text = 'SELECT rolpassword FROM pg_authid WHERE rolname = $1';
      return (await client.query(text, [service.names.runtimeLogins[0]])).rows;
    });
    expect(stored).toEqual([{ rolpassword: verifier }]);
  });

  it('lets in who knows the password, and nobody who knows the verifier', async () => {
    const [username] = service.names.runtimeLogins;
    await expect(logIn(username, password)).resolves.toBeUndefined();
    for (const wrong of [verifier, `${password}x`])
      // oxlint-disable-next-line no-await-in-loop
      await expect(logIn(username, wrong)).rejects.toThrow('password authentication failed');
  });

  it('is the one that Postgres makes itself of the same salt', async () => {
    const made = await asSuperuser(service.superuser, 'postgres', async (client) => {
      await client.query(`ALTER ROLE "${service.names.migrator}" PASSWORD 'pencil'`);
      const text = 'SELECT rolpassword FROM pg_authid WHERE rolname = $1';
      const { rows } = await client.query<{ rolpassword: string }>(text, [service.names.migrator]);
      return rows[0]?.rolpassword ?? '';
    });
    expect(isVerifierOf(made, 'pencil')).toBe(true);
    expect(isVerifierOf(made, 'Pencil')).toBe(false);
  });

  it.each(['', 'md5d9e1', 'pencil', 'SCRAM-SHA-256$4096:c2FsdA==$'])('is not "%s"', (text) => {
    expect(isVerifierOf(text, 'pencil')).toBe(false);
  });

  it('has a salt of its own each time', () => {
    expect(scramVerifier(password)).not.toBe(verifier);
  });
});
