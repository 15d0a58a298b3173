import { rm } from 'node:fs/promises';
import {
  ConfigurationError,
  defineConfiguration,
  readConfiguration,
} from '@secure-backend/chassis/configuration';
import {
  leaseTransitions,
  observeSecrets,
  openMigratorSecrets,
  openSecrets,
  tokenTransitions,
} from '@secure-backend/chassis/secrets';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { openFakeStore, openFaultProxy, openRealStore } from '../../testing/vault/index.ts';
import { describeRealStore } from './each.store.ts';
import { captureLog, configurationOf, issuedRoles } from './open.test.secrets.ts';
import { bench } from './test.bench.ts';

const { signal } = new AbortController();

describe('opening secrets', () => {
  const { closers, openStore, openOn } = bench(openFakeStore);

  it.each(['VAULT_DATABASE_PATH', 'VAULT_CALLERS_PATH'])('asks nobody when %s is missing', async (name) => {
    const store = await openStore();
    const proxy = await openFaultProxy(store.address);
    closers.push(() => proxy.close());
    const configuration = configurationOf(store, { VAULT_ADDRESS: proxy.address });
    const opening = openSecrets({ ...configuration, [name]: undefined }, { ...captureLog(), signal });

    await expect(opening).rejects.toThrow(ConfigurationError);
    await expect(opening).rejects.toThrow(`${name}: is missing`);
    expect(proxy.calls).toEqual([]);
  });

  it('takes files where the configuration names no Vault, which must be there at once', async () => {
    const store = await openStore();
    const configuration = readConfiguration(defineConfiguration({}), store.database.environment);
    const options = { ...captureLog(), signal };
    const secrets = await openSecrets(configuration, options);
    const migrator = await openMigratorSecrets(configuration, options);
    expect(secrets.databaseCredentials.name).toBe('db-credentials');
    expect(migrator.databaseCredentials.name).toBe('db-migrator-credentials');
    expect(secrets.vault).toBeUndefined();
    await Promise.all([secrets.close(), migrator.close()]);

    await rm(`${store.database.secretsDirectory}/db-credentials`, { recursive: true });
    await expect(openSecrets(configuration, options)).rejects.toThrow(/db-credentials can't be read/);
  });

  it('shows states, remaining time, rotations and requests as metrics', async () => {
    const store = await openStore();
    const { secrets } = await openOn(store);
    const registry = new Registry();
    observeSecrets(secrets, registry);
    await secrets.databaseCredentials.replace(secrets.databaseCredentials.current);
    const text = await registry.metrics();

    expect(text).toContain('secret_state{secret="db-credentials",state="ACTIVE"} 1');
    expect(text).toContain('secret_state{secret="db-credentials",state="STALE"} 0');
    expect(text).toContain('secret_state{secret="vault-token",state="AUTHENTICATED"} 1');
    expect(text).toMatch(/secret_remaining_seconds\{secret="db-credentials"\} 35\d\d/);
    expect(text).toMatch(/secret_remaining_seconds\{secret="vault-token"\} 35\d\d/);
    expect(text).not.toContain('secret_remaining_seconds{secret="api-keys"}');
    expect(text).toContain('secret_rotations_total{secret="db-credentials",result="announced"} 1');
    expect(text).toContain('secret_rotations_total{secret="db-credentials",result="failed"} 0');
    expect(text).toContain('vault_requests_total{operation="issue",result="ok"} 2');
  });

  it('knows no state that nothing leads to, and none that leads nowhere but the last', () => {
    for (const transitions of [leaseTransitions, tokenTransitions]) {
      const followers: readonly string[][] = Object.values(transitions).map((next) => [...next]);
      const reached = new Set(followers.flat());
      const [first = ''] = Object.keys(transitions);
      expect(Object.keys(transitions).filter((state) => !reached.has(state) && state !== first)).toEqual([]);
    }
    const ends = Object.entries(leaseTransitions).filter(([, next]) => next.length === 0);
    expect(ends).toEqual([['REVOKED', []]]);
  });
});

describeRealStore("the migrator's secrets", (vault) => {
  const { openStore } = bench(openRealStore(vault));

  it('are a login of its own, which is gone afterwards', async () => {
    const store = await openStore();
    const configuration = configurationOf(store, store.migratorEnvironment);
    const migrator = await openMigratorSecrets(configuration, { ...captureLog(), signal });
    const { username } = migrator.databaseCredentials.current.value;
    expect(username.startsWith(store.database.names.migrator)).toBe(true);
    await migrator.close();

    expect(await issuedRoles(store.database, store.database.names.migrator)).toEqual([]);
  });
});
