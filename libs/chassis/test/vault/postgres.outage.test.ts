import { openThrowawayPostgres, type ThrowawayPostgres } from '@secure-backend/local-stack/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRealStore } from '../../testing/vault/index.ts';
import { describeRealStore } from './each.store.ts';
import { issuedRoles, whoAmI } from './open.test.secrets.ts';
import { bench, requests } from './test.bench.ts';

describeRealStore('while Postgres is down', (vault) => {
  let postgres: ThrowawayPostgres;
  beforeAll(async () => {
    postgres = await openThrowawayPostgres();
  });
  afterAll(() => postgres.remove());
  const { openStore, openOn } = bench(openRealStore(vault, () => postgres.coordinates));

  it('a lease can be neither renewed nor replaced: it is DEGRADED, and no role is orphaned (matrix: Postgres down at rotation)', async () => {
    const store = await openStore({ leaseSeconds: 6 });
    const opened = await openOn(store);
    const { databaseCredentials: credentials } = opened.secrets;
    const { current } = credentials;
    await postgres.stop();
    await expect.poll(() => credentials.state, { timeout: 20_000 }).toBe('DEGRADED');
    expect(credentials.problem).toMatch(/issuing credentials at .*: Vault failed/);
    expect(credentials.current).toBe(current);
    expect(requests(opened)).toMatchObject({ 'renew_lease bad_request': expect.any(Number) });

    await postgres.start();
    await credentials.replace(current);
    await expect.poll(() => credentials.state, { timeout: 60_000 }).toBe('ACTIVE');
    await expect(whoAmI(store.database, credentials.current.value)).resolves.toBeDefined();
    await expect
      .poll(() => issuedRoles(store.database), { timeout: 60_000 })
      .toEqual([credentials.current.value.username]);
  }, 150_000);
});
