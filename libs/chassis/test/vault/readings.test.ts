import { expect, it } from 'vitest';
import { bench } from './test.bench.ts';
import { describeEachStore } from './each.store.ts';
import { whoAmI } from './open.test.secrets.ts';

describeEachStore('secrets without a lease from Vault', (open) => {
  const { openStore, openOn } = bench(open);

  it('follow a static role, whose password changes on time and out of turn (matrix: static-role rotation)', async () => {
    const store = await openStore({ staticSeconds: 5 });
    const opened = await openOn(store, { VAULT_DATABASE_PATH: store.staticDatabasePath });
    const { databaseCredentials: credentials } = opened.secrets;
    const works = () => whoAmI(store.database, credentials.current.value);
    await expect(works()).resolves.toBe(store.database.names.runtimeLogins[1]);
    await expect.poll(() => opened.announced.length, { timeout: 20_000 }).toBe(1);
    await expect(works()).resolves.toBeDefined();

    await store.rotateStatic();
    await expect(works()).rejects.toThrow(/password authentication failed/);
    await credentials.replace(credentials.current);
    await expect(works()).resolves.toBeDefined();
    expect(credentials.current.expiresAt).toBe(Infinity);
  });

  it('follow the API keys, and keep the last good ones when they are deleted or wrong', async () => {
    const store = await openStore();
    const { apiKeys } = (await openOn(store, { VAULT_REFRESH_MS: '200' })).secrets;
    const next = { 'external-api': 'k'.repeat(20), 'other-caller': 'l'.repeat(20) };
    await store.writeKeys(next);
    await expect.poll(() => apiKeys.current.value, { timeout: 10_000 }).toEqual(next);

    await store.writeKeys(undefined);
    await expect.poll(() => apiKeys.state, { timeout: 10_000 }).toBe('DEGRADED');
    expect(apiKeys.problem).toMatch(/api-keys: nothing is there; check the path \(404\)/);
    await store.writeKeys({ 'external-api': 'short' });
    await expect
      .poll(() => apiKeys.problem, { timeout: 20_000 })
      .toMatch(/external-api must be 16 or more visible ASCII characters/);
    expect(apiKeys.current.value).toEqual(next);

    await store.writeKeys(next);
    await expect.poll(() => apiKeys.state, { timeout: 20_000 }).toBe('ACTIVE');
  });
});
