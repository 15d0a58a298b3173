import { expect, it } from 'vitest';
import { type FaultProxy, faults, openFaultProxy, type TestedStore } from '../../testing/vault/index.ts';
import { describeEachStore } from './each.store.ts';
import { issuedRoles } from './open.test.secrets.ts';
import { bench } from './test.bench.ts';

const left = async (store: TestedStore) => ({
  tokens: await store.tokens(),
  leases: await store.leases(),
  roles: await issuedRoles(store.database),
});
const nothing = { tokens: 0, leases: [], roles: [] };

describeEachStore('closing (matrix: SIGTERM mid-rotation)', (open) => {
  const { closers, openStore, openOn } = bench(open);

  const openBehindProxy = async (): Promise<[TestedStore, FaultProxy, Record<string, string>]> => {
    const store = await openStore();
    const proxy = await openFaultProxy(store.address);
    closers.push(() => proxy.close());
    return [store, proxy, { VAULT_ADDRESS: proxy.address }];
  };
  it.each([
    ['logging in', /approle\/login/],
    ['issuing', /creds/],
    ['reading the keys', /api-keys/],
  ])('while %s leaves 0 tokens, 0 leases and 0 roles', async (_, path) => {
    const [store, proxy, environment] = await openBehindProxy();
    const held = faults.held();
    proxy.fault = faults.only(path, held.fault);
    const abort = new AbortController();
    const opening = openOn(store, environment, { signal: abort.signal });
    await expect.poll(() => held.count()).toBe(1);
    abort.abort();
    held.release();

    await expect(opening).rejects.toThrow('aborted');
    await expect.poll(() => left(store)).toEqual(nothing);
    expect(proxy.calls.filter((call) => call.path.endsWith('/login'))).toHaveLength(1);
  });

  it('while a rotation is under way leaves 0 tokens, 0 leases and 0 roles', async () => {
    const [store, proxy, environment] = await openBehindProxy();
    const { secrets } = await openOn(store, environment);
    const held = faults.held();
    proxy.fault = faults.only(/creds/, held.fault);
    const replacing = secrets.databaseCredentials.replace(secrets.databaseCredentials.current);
    await expect.poll(() => held.count()).toBe(1);
    const closing = secrets.close();
    held.release();

    await Promise.all([closing, replacing]);
    await expect.poll(() => left(store)).toEqual(nothing);
  });

  it('a lease that was issued unseen ends with the token', async () => {
    const [store, proxy, environment] = await openBehindProxy();
    const { secrets } = await openOn(store, { ...environment, VAULT_TIMEOUT_MS: '400' });
    // Vault does it, and the answer never comes.
    proxy.fault = faults.only(/creds/, faults.deaf);
    await secrets.databaseCredentials.replace(secrets.databaseCredentials.current);
    proxy.fault = undefined;
    await secrets.close();

    await expect.poll(() => left(store)).toEqual(nothing);
  });

  it('takes bounded time and fails nothing when Vault is gone', async () => {
    const [store, proxy, environment] = await openBehindProxy();
    const { secrets } = await openOn(store, environment);
    await proxy.refuse();

    await expect(secrets.close()).resolves.toBeUndefined();
    await expect(secrets.close()).resolves.toBeUndefined();
  });
});
