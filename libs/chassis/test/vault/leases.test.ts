import { SecretError } from '@secure-backend/chassis/secrets';
import { expect, it } from 'vitest';
import { createSession } from '../../src/secrets/vault/open.session.ts';
import { LeasedSource } from '../../src/secrets/vault/sources/leased.source.ts';
import { bench, requests } from './test.bench.ts';
import { describeEachStore } from './each.store.ts';
import { captureLog, configurationOf, issuedRoles, whoAmI } from './open.test.secrets.ts';

describeEachStore('secrets from Vault', (open) => {
  const { openStore, openOn } = bench(open);

  it('are had with one login, one lease and one reading, and work in Postgres', async () => {
    const store = await openStore();
    const opened = await openOn(store);
    const { databaseCredentials: credentials, apiKeys } = opened.secrets;

    expect(requests(opened)).toEqual({ 'login ok': 1, 'issue ok': 1, 'read ok': 1 });
    await expect(whoAmI(store.database, credentials.current.value)).resolves.toBe(
      credentials.current.value.username,
    );
    expect(apiKeys.current.value).toEqual({ 'external-api': store.database.apiKey });
    expect(await store.leases()).toHaveLength(1);
  });

  it('are given back when they are of no use, since each try makes others', async () => {
    const store = await openStore();
    const { logger } = captureLog();
    const configuration = configurationOf(store);
    const { session } = createSession(configuration, logger);
    const opening = LeasedSource.open(
      {
        name: 'db-credentials',
        session,
        path: String(configuration.VAULT_DATABASE_PATH),
        parse: () => {
          throw new SecretError('not what was wanted');
        },
      },
      new AbortController().signal,
    );

    await expect(opening).rejects.toThrow('not what was wanted');
    await expect.poll(() => store.leases()).toEqual([]);
    await session.close();
  });

  it('are given back at the end: 0 leases, 0 roles', async () => {
    const store = await openStore();
    const { secrets } = await openOn(store);
    await secrets.close();

    expect(await store.leases()).toEqual([]);
    expect(await issuedRoles(store.database)).toEqual([]);
    expect(secrets.databaseCredentials.state).toBe('REVOKED');
    expect(secrets.vault?.token.state).toBe('UNAUTHENTICATED');
  });

  it('live on by renewals, token and lease alike, beyond their first end', async () => {
    const store = await openStore({ leaseSeconds: 2, tokenSeconds: 3 });
    const opened = await openOn(store);
    const { databaseCredentials: credentials } = opened.secrets;
    const { current } = credentials;
    await expect.poll(() => requests(opened)['renew_lease ok'], { timeout: 20_000 }).toBeGreaterThan(4);
    await expect.poll(() => requests(opened)['renew_token ok'], { timeout: 20_000 }).toBeGreaterThan(1);

    expect(credentials.current).toBe(current);
    await expect(whoAmI(store.database, current.value)).resolves.toBe(current.value.username);
    expect(requests(opened)).toMatchObject({ 'login ok': 1, 'issue ok': 1 });
  });

  it('rotate at once when a renewal is truncated, without renewals that get shorter and shorter (matrix: max_ttl truncation)', async () => {
    const store = await openStore({ leaseSeconds: 4, maxLeaseSeconds: 5 });
    const opened = await openOn(store);
    const { databaseCredentials: credentials } = opened.secrets;
    const { current } = credentials;
    await expect.poll(() => opened.announced.length, { timeout: 20_000 }).toBe(1);

    // The old one had a while to go: sessions may drain.
    expect(current.expiresAt).toBeGreaterThan(credentials.current.expiresAt - 4_000);
    expect(requests(opened)).toMatchObject({ 'renew_lease ok': 1, 'issue ok': 2 });
    await expect.poll(() => issuedRoles(store.database)).toEqual([credentials.current.value.username]);
  });

  it('get another token in time, rotate under it, and only then drop the old one (matrix: token max TTL)', async () => {
    const store = await openStore({ tokenSeconds: 4, tokenMaxSeconds: 5 });
    const opened = await openOn(store);
    const { databaseCredentials: credentials } = opened.secrets;
    const first = credentials.current;
    let wasAlive: Promise<string> | undefined;
    credentials.subscribe(() => {
      wasAlive = whoAmI(store.database, first.value);
    });
    await expect.poll(() => opened.announced.length, { timeout: 20_000 }).toBe(1);

    await expect(wasAlive).resolves.toBe(first.value.username);
    await expect.poll(() => requests(opened)).toMatchObject({ 'login ok': 2, 'revoke_token ok': 1 });
    expect(await issuedRoles(store.database)).toEqual([credentials.current.value.username]);
    await expect(whoAmI(store.database, credentials.current.value)).resolves.toBeDefined();
  });

  it('are replaced when the lease was revoked behind our back (matrix: lease revoked)', async () => {
    const store = await openStore();
    const opened = await openOn(store);
    const { databaseCredentials: credentials } = opened.secrets;
    const refused = credentials.current;
    const [id = ''] = await store.leases();
    await store.revokeLease(id);
    await expect(whoAmI(store.database, refused.value)).rejects.toThrow(/password authentication failed/);
    await Promise.all([credentials.replace(refused), credentials.replace(refused)]);
    await credentials.replace(refused);

    expect(opened.announced).toEqual([credentials.current.value.username]);
    await expect(whoAmI(store.database, credentials.current.value)).resolves.toBeDefined();
  });

  it('notice at the next renewal when the lease was revoked behind our back', async () => {
    const store = await openStore({ leaseSeconds: 3 });
    const opened = await openOn(store);
    const [id = ''] = await store.leases();
    await store.revokeLease(id);

    await expect.poll(() => opened.announced.length, { timeout: 20_000 }).toBe(1);
    expect(await store.leases()).toHaveLength(1);
  });

  it('log in anew when the token was revoked behind our back, and rotate', async () => {
    const store = await openStore();
    const opened = await openOn(store);
    const { databaseCredentials: credentials } = opened.secrets;
    await store.revokeTokens();
    await expect.poll(() => issuedRoles(store.database)).toEqual([]);
    await credentials.replace(credentials.current);

    await expect.poll(() => opened.announced.length, { timeout: 20_000 }).toBe(1);
    await expect(whoAmI(store.database, credentials.current.value)).resolves.toBeDefined();
    expect(requests(opened)).toMatchObject({ 'login ok': 2, 'lookup_token refused': 1 });
  });
});
