import { readFile } from 'node:fs/promises';
import {
  applyMigrations,
  freePort,
  type ServiceProcess,
  startServiceProcess,
} from '@secure-backend/chassis/testing';
import {
  createTestDatabase,
  openThrowawayVault,
  provisionTestVault,
  type TestDatabase,
  type ThrowawayVault,
  vaultMissing,
} from '@secure-backend/local-stack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendApi } from '../src/service.ts';
import { openRecordingProxy, type RecordingProxy } from './recording.proxy.ts';

const missing = vaultMissing();

describe.skipIf(missing)(
  `what passes between a service and its Vault${missing ? ` (${missing})` : ''}`,
  () => {
    let vault: ThrowawayVault;
    let proxy: RecordingProxy;
    let database: TestDatabase;
    let service: ServiceProcess;

    beforeAll(async () => {
      vault = await openThrowawayVault();
      proxy = await openRecordingProxy(vault.address);
      database = await createTestDatabase('backend-api');
      await applyMigrations(backendApi, database);
      const times = { leaseSeconds: 2, maxLeaseSeconds: 4, tokenSeconds: 5, tokenMaxSeconds: 5 };
      const { environment } = await provisionTestVault(vault, database, times);
      service = await startServiceProcess(backendApi.root, {
        environment: {
          ...database.environment,
          ...environment,
          VAULT_ADDRESS: proxy.address,
          API_DOCS: 'on',
          LOG_LEVEL: 'trace',
          DEBUG: '*',
          SHUTDOWN_DELAY_MS: '0',
        },
        managementPort: await freePort(),
      });
    });
    afterAll(async () => {
      service.signal('SIGKILL');
      await service.exited;
      await proxy.close();
      await vault.remove();
      await database.drop();
    });

    const answer = async (url: string, key = database.apiKey) => {
      const response = await fetch(url, { headers: { 'x-api-key': key } });
      return JSON.stringify([...response.headers]) + (await response.text());
    };
    const readyz = () => answer(`${service.managementUrl}/readyz`);

    it('shows in no answer, no log line, no metric, no probe and no variable, in good times and bad', async () => {
      const environ =
        process.platform === 'linux' ? await readFile(`/proc/${service.pid}/environ`, 'utf8') : '';
      const shown = [await answer(`${service.url}/v1/work-items`)];
      // Renewals, rotations and logins have passed by.
      await expect
        .poll(() => service.output().match(/"database.generation.state":"CURRENT"/g)?.length, {
          timeout: 30_000,
        })
        .toBeGreaterThan(2);
      await vault.seal();
      await expect.poll(readyz, { timeout: 30_000 }).toMatch(/STALE/);
      shown.push(
        await readyz(),
        await answer(`${service.url}/v1/work-items`),
        await answer(`${service.url}/v1/work-items?limit=0`),
        await answer(`${service.url}/openapi.json`),
        await answer(`${service.managementUrl}/metrics`),
      );
      await vault.unseal();
      await expect.poll(readyz, { timeout: 90_000 }).not.toMatch(/STALE|DEGRADED/);
      service.signal('SIGTERM');
      expect(await service.exited).toBe(0);

      const secrets = [database.apiKey, ...proxy.secrets()];
      expect(secrets.length).toBeGreaterThan(10);
      expect(secrets.filter((secret) => shown.join().includes(secret))).toEqual([]);
      expect(secrets.filter((secret) => service.output().includes(secret))).toEqual([]);
      expect(secrets.filter((secret) => environ.includes(secret))).toEqual([]);
    }, 150_000);
  },
);
