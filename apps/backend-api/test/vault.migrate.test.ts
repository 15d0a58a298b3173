import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  asSuperuser,
  createTestDatabase,
  openThrowawayVault,
  provisionTestVault,
  type TestDatabase,
  type TestVault,
  type ThrowawayVault,
  vaultMissing,
} from '@secure-backend/local-stack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendApi } from '../src/service.ts';

const missing = vaultMissing();

describe.skipIf(missing)(
  `migrations that are interrupted, with a real Vault${missing ? ` (${missing})` : ''}`,
  () => {
    let vault: ThrowawayVault;
    let database: TestDatabase;
    let provision: TestVault;

    beforeAll(async () => {
      vault = await openThrowawayVault();
      database = await createTestDatabase('backend-api');
      provision = await provisionTestVault(vault, database);
    });
    afterAll(async () => {
      await database.drop();
      await vault.remove();
    });

    const superuser = async (sql: string) =>
      asSuperuser(database.superuser, database.names.database, async (client) => {
        const { rows } = await client.query<Record<string, unknown>>(sql);
        return rows;
      });
    const migrators = async () => {
      const rows = await superuser(`select from pg_auth_members m join pg_roles r on r.oid = m.member
        where m.roleid = '${database.names.migrator}'::regrole and r.rolname <> '${database.names.vault}'`);
      return rows.length;
    };

    it.each([
      ['one signal', ['SIGTERM']],
      ['repeated signals', ['SIGINT', 'SIGINT', 'SIGTERM']],
    ] as const)('give their login back and apply nothing after %s', async (_, signals) => {
      const main = fileURLToPath(new URL('dist/main.js', backendApi.root));
      await asSuperuser(database.superuser, database.names.database, async (client) => {
        // What every run takes first, so that this one waits.
        await client.query('select pg_advisory_lock(94645432)');
        const env = { ...database.environment, ...provision.migratorEnvironment };
        const child = spawn(process.execPath, [main, 'migrate'], { env, stdio: 'ignore' });
        const exited = once(child, 'exit');
        const waiting = `select from pg_locks where locktype = 'advisory' and not granted`;
        await expect.poll(async () => (await superuser(waiting)).length, { timeout: 20_000 }).toBe(1);
        await expect(migrators()).resolves.toBe(1);
        for (const signal of signals) {
          child.kill(signal);
          await delay(10);
        }

        await expect(exited).resolves.toEqual([1, null]);
      });

      await expect(migrators()).resolves.toBe(0);
      await expect(superuser(`select from pg_tables where schemaname = 'migrations'`)).resolves.toEqual([]);
    });
  },
);
