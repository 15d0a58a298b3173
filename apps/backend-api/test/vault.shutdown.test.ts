import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { applyMigrations, faults, freePort, openFaultProxy } from '@secure-backend/chassis/testing';
import {
  createTestDatabase,
  openThrowawayVault,
  provisionTestVault,
  type TestDatabase,
  type TestVault,
  type ThrowawayVault,
  vaultMissing,
} from '@secure-backend/local-stack/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backendApi } from '../src/service.ts';
import { activeRequests, isReady } from './probed.service.ts';
import { remainsAt } from './vault.remains.ts';

const missing = vaultMissing();

describe.skipIf(missing)(
  `a service that is stopped, with a real Vault${missing ? ` (${missing})` : ''}`,
  () => {
    let vault: ThrowawayVault;
    let database: TestDatabase;
    let provision: TestVault;
    let child: ChildProcess;
    let managementUrl: string;
    let url: string;

    beforeAll(async () => {
      vault = await openThrowawayVault();
    });
    afterAll(() => vault.remove());
    beforeEach(async () => {
      database = await createTestDatabase('backend-api');
      await applyMigrations(backendApi, database);
      provision = await provisionTestVault(vault, database, { leaseSeconds: 600 });
    });
    afterEach(async () => {
      child.kill('SIGKILL');
      await database.drop();
    });

    async function spawnService(variables: Record<string, string> = {}) {
      const [port, managementPort] = [await freePort(), await freePort()];
      url = `http://127.0.0.1:${port}/v1/work-items`;
      managementUrl = `http://127.0.0.1:${managementPort}`;
      const main = fileURLToPath(new URL('dist/main.js', backendApi.root));
      child = spawn(process.execPath, [main], {
        env: {
          ...database.environment,
          ...provision.environment,
          SHUTDOWN_DELAY_MS: '0',
          PORT: String(port),
          MANAGEMENT_PORT: String(managementPort),
          ...variables,
        },
        stdio: 'ignore',
      });
    }

    async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
      const exited = child.exitCode === null ? once(child, 'exit') : undefined;
      child.kill(signal);
      await exited;
      return child.exitCode;
    }

    const ready = () => isReady(managementUrl);
    const inFlight = () => activeRequests(managementUrl);
    const revokeLeases = () => vault.call('PUT', `sys/leases/revoke-prefix/${provision.databasePath}`);
    const left = () => remainsAt(vault, database, provision.databasePath);

    it.each([0, 60, 120, 200, 300, 400, 500, 700, 900, 1_200])(
      'leaves no role, no lease and no session behind %d ms after its start (matrix: SIGTERM mid-rotation)',
      async (milliseconds) => {
        await spawnService();
        await delay(milliseconds);
        await stop();

        expect(await left()).toEqual({ roles: 0, leases: 0, sessions: 0 });
      },
    );

    it('leaves nothing behind when a second signal comes while the first login is being issued', async () => {
      const proxy = await openFaultProxy(vault.address);
      // Vault issues it, and the answer never comes.
      proxy.fault = faults.only(/creds/, faults.deaf);
      await spawnService({ VAULT_ADDRESS: proxy.address, VAULT_TIMEOUT_MS: '1000' });
      await expect.poll(async () => (await left()).leases, { timeout: 20_000 }).toBe(1);
      child.kill('SIGTERM');
      await delay(20);
      await stop();
      await proxy.close();

      expect(await left()).toEqual({ roles: 0, leases: 0, sessions: 0 });
    });

    it.each([0, 20, 50, 100, 200, 400])(
      'leaves nothing behind %d ms into a rotation (matrix: SIGTERM mid-rotation)',
      async (milliseconds) => {
        await spawnService();
        await expect.poll(ready, { timeout: 20_000 }).toBe(true);
        await revokeLeases();
        // Somebody has to notice: these calls begin the rotation, and are answered or cut off.
        const headers = { 'x-api-key': database.apiKey };
        const calls = Array.from({ length: 5 }, () => fetch(url, { headers }).catch(() => undefined));
        await delay(milliseconds);
        const code = await stop();
        await Promise.all(calls);

        expect({ code, ...(await left()) }).toEqual({ code: 0, roles: 0, leases: 0, sessions: 0 });
      },
    );

    it('gives its credentials back even when a request keeps it from finishing', async () => {
      await spawnService({ SHUTDOWN_TIMEOUT_MS: '1000' });
      await expect.poll(ready, { timeout: 20_000 }).toBe(true);
      const headers = {
        'x-api-key': database.apiKey,
        'content-type': 'application/json',
        'content-length': '99',
      };
      const stuck = request(url, { method: 'POST', headers }).on('error', () => undefined);
      stuck.write('{"title":');
      await expect.poll(inFlight).toBe(1);
      const code = await stop();

      expect({ code, ...(await left()) }).toEqual({ code: 1, roles: 0, leases: 0, sessions: 0 });
    });

    it('leaves them behind when it is killed, so the counts above can fail', async () => {
      await spawnService();
      await expect.poll(ready, { timeout: 20_000 }).toBe(true);
      await stop('SIGKILL');

      expect(await left()).toMatchObject({ roles: 1, leases: 1 });
      await revokeLeases();
    });
  },
);
