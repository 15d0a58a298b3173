import { randomBytes } from 'node:crypto';
import {
  applyMigrations,
  freePort,
  type ServiceProcess,
  startServiceProcess,
} from '@secure-backend/chassis/testing';
import { writeMountedSecret } from '@secure-backend/local-stack';
import {
  asSuperuser,
  createTestDatabase,
  openThrowawayVault,
  provisionTestVault,
  type TestDatabase,
  type ThrowawayVault,
  vaultMissing,
} from '@secure-backend/local-stack/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backendApi } from '../src/service.ts';
import { type HttpTraffic, startHttpTraffic } from './http.traffic.ts';

const rotations = 5;

describe('a service whose credentials change under load', () => {
  let database: TestDatabase;
  let service: ServiceProcess;
  let traffic: HttpTraffic;

  beforeEach(async () => {
    database = await createTestDatabase('backend-api');
    await applyMigrations(backendApi, database);
  });
  afterEach(async () => {
    await traffic?.stop();
    service?.signal('SIGTERM');
    await service?.exited;
    await database.drop();
  });

  async function start(variables: Record<string, string> = {}) {
    const environment = { ...database.environment, SHUTDOWN_DELAY_MS: '0', ...variables };
    service = await startServiceProcess(backendApi.root, { environment, managementPort: await freePort() });
    traffic = startHttpTraffic(service, database.apiKey);
  }

  async function generation(): Promise<number> {
    const metrics = await fetch(`${service.managementUrl}/metrics`).then((answer) => answer.text());
    return Number(/^db_client_generation (\d+)$/m.exec(metrics)?.[1]);
  }

  /** Changes the credentials again and again, each time after some requests under the ones before. */
  async function rotate(change: (n: number) => Promise<unknown>) {
    for (let n = 1; n <= rotations; n++) {
      const before = traffic.answered;
      await expect.poll(() => traffic.answered, { timeout: 20_000 }).toBeGreaterThan(before + 50);
      await change(n);
      await expect.poll(generation, { timeout: 20_000 }).toBe(n + 1);
    }
    await traffic.stop();
  }

  it('fails no request while mounted files change', async () => {
    await start();
    const { names, superuser, secretsDirectory } = database;
    await rotate(async (n) => {
      const username = names.runtimeLogins[n % 2] ?? '';
      const password = randomBytes(16).toString('hex');
      const exists = `select from pg_roles where rolname = '${username}'`;
      await asSuperuser(superuser, 'postgres', async (client) => {
        const { rowCount } = await client.query(exists);
        await client.query(
          rowCount === 0
            ? `create role ${username} login password '${password}' in role ${names.runtime}`
            : `alter role ${username} password '${password}'`,
        );
      });
      await writeMountedSecret(`${secretsDirectory}/db-credentials`, { username, password });
    });

    expect(traffic.failures).toEqual([]);
  });

  const missing = vaultMissing();
  describe.skipIf(missing)(`with a real Vault${missing ? ` (${missing})` : ''}`, () => {
    let vault: ThrowawayVault;
    beforeEach(async () => {
      vault = await openThrowawayVault();
    });
    afterEach(async () => {
      await traffic.stop();
      service.signal('SIGTERM');
      await service.exited;
      await vault.remove();
    });

    it('fails no request while its leases are revoked behind its back', async () => {
      const { environment, databasePath } = await provisionTestVault(vault, database);
      await start(environment);
      await rotate(() => vault.call('PUT', `sys/leases/revoke-prefix/${databasePath}`));

      expect(traffic.failures).toEqual([]);
    });

    it('fails no request while its leases and its token reach their ends, again and again', async () => {
      const times = { leaseSeconds: 2, maxLeaseSeconds: 3, tokenSeconds: 4, tokenMaxSeconds: 6 };
      const { environment } = await provisionTestVault(vault, database, times);
      await start(environment);
      await rotate(async () => undefined);

      expect(traffic.failures).toEqual([]);
    });
  });
});
