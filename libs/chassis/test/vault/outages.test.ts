import { performance } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import { openFaultProxy } from '../../testing/vault/index.ts';
import { describeEachStore } from './each.store.ts';
import { issuedRoles, whoAmI } from './open.test.secrets.ts';
import { bench, requests } from './test.bench.ts';

describeEachStore('when it fails', (open) => {
  const { closers, openStore, openOn } = bench(open);

  it('is waited for at start, which then takes 5 s at most and one lease (matrix: Vault down at start)', async () => {
    const store = await openStore();
    const proxy = await openFaultProxy(store.address);
    closers.push(() => proxy.close());
    await proxy.refuse();
    const reasons: string[] = [];
    const opening = openOn(
      store,
      { VAULT_ADDRESS: proxy.address },
      { onWaiting: (reason) => void reasons.push(reason) },
    );
    // The backoff has grown by then.
    await expect.poll(() => reasons.length, { timeout: 25_000 }).toBeGreaterThan(5);
    await proxy.accept();
    const back = performance.now();
    const opened = await opening;

    expect(performance.now() - back).toBeLessThan(5_000);
    expect(reasons[0]).toMatch(
      /^api-keys: Vault, logging in at auth\/approle: no connection.*\(ECONNREFUSED\)$/,
    );
    expect(opened.lines.join('')).toContain('no first value of a secret yet');
    expect(await store.leases()).toHaveLength(1);
    expect(requests(opened)).toMatchObject({ 'login ok': 1, 'issue ok': 1 });
  });

  it('leaves a valid credential alone, which is DEGRADED meanwhile (matrix: Vault down, lease valid)', async () => {
    const store = await openStore({ leaseSeconds: 10 });
    const { databaseCredentials: credentials } = (await openOn(store)).secrets;
    const { current } = credentials;
    await store.seal();
    await expect.poll(() => credentials.state, { timeout: 20_000 }).toBe('DEGRADED');
    expect(credentials.problem).toMatch(/renewing a lease at sys\/leases: sealed.*\(503\)/);
    await expect(whoAmI(store.database, current.value)).resolves.toBe(current.value.username);

    await store.unseal();
    await expect.poll(() => credentials.state, { timeout: 20_000 }).toBe('ACTIVE');
    expect(credentials.problem).toBeUndefined();
    await expect(whoAmI(store.database, credentials.current.value)).resolves.toBeDefined();
  });

  it('past its end leaves the credential in use as STALE, and issues another as soon as it is back (matrix: sealed past expiry) (matrix: unseal after expiry)', async () => {
    const store = await openStore({ leaseSeconds: 3 });
    const opened = await openOn(store);
    const { databaseCredentials: credentials } = opened.secrets;
    const { current } = credentials;
    await store.seal();
    await expect.poll(() => credentials.state, { timeout: 20_000 }).toBe('STALE');
    expect(credentials.current).toBe(current);
    expect(await issuedRoles(store.database)).toEqual([current.value.username]);

    await store.unseal();
    // The role goes at once; whoever notices says so.
    await expect
      .poll(() => issuedRoles(store.database), { timeout: 10_000 })
      .not.toContain(current.value.username);
    const back = performance.now();
    await credentials.replace(current);
    expect(performance.now() - back).toBeLessThan(5_000);
    expect(credentials.state).toBe('ACTIVE');
    expect(opened.announced).toEqual([credentials.current.value.username]);
    await expect(whoAmI(store.database, credentials.current.value)).resolves.toBeDefined();
  });

  it('past its end is asked again without being told', async () => {
    const store = await openStore({ leaseSeconds: 2 });
    const { databaseCredentials: credentials } = (await openOn(store)).secrets;
    await store.seal();
    await expect.poll(() => credentials.state, { timeout: 20_000 }).toBe('STALE');
    await store.unseal();

    await expect.poll(() => credentials.state, { timeout: 70_000, interval: 250 }).toBe('ACTIVE');
  }, 100_000);
});
