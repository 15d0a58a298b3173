import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { writeMountedSecret } from '@secure-backend/local-stack';
import type { ThrowawayVault } from '@secure-backend/local-stack/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  openRealStore,
  openTokenReviewer,
  projectedToken,
  type TestedStore,
  type TokenReviewer,
} from '../../testing/vault/index.ts';
import { describeRealStore } from './each.store.ts';
import { issuedRoles, whoAmI } from './open.test.secrets.ts';
import { bench, requests } from './test.bench.ts';

const mount = 'clusters/one';

async function policiesOf({ call }: ThrowawayVault, { database }: TestedStore): Promise<string[]> {
  const role = await call('GET', `auth/approle/role/${database.names.runtime}`);
  return (role as { data: { token_policies: string[] } }).data.token_policies;
}

function project({ database }: TestedStore, token: string): Promise<void> {
  return writeMountedSecret(join(database.secretsDirectory, 'vault-kubernetes'), { token });
}

describeRealStore('logging in', (vault) => {
  const { openStore, openOn } = bench(openRealStore(vault));
  let reviewer: TokenReviewer;
  beforeAll(async () => {
    reviewer = await openTokenReviewer();
    const { call } = vault();
    await call('POST', `sys/auth/${mount}`, { type: 'kubernetes' });
    await call('POST', `auth/${mount}/config`, {
      kubernetes_host: reviewer.address,
      token_reviewer_jwt: projectedToken('reviewer', 'kubernetes'),
      disable_local_ca_jwt: true,
      // Demanded, though the reviewer is reached without TLS here.
      kubernetes_ca_cert: rootCertificates[0],
    });
  });
  afterAll(() => reviewer.close());

  /** @returns what a service's environment has in addition */
  const grantToPod = async (store: TestedStore): Promise<Record<string, string>> => {
    await vault().call('POST', `auth/${mount}/role/${store.database.names.runtime}`, {
      bound_service_account_names: [reviewer.account],
      bound_service_account_namespaces: [reviewer.namespace],
      audience: 'vault',
      token_policies: await policiesOf(vault(), store),
      token_ttl: 3_600,
    });
    return {
      VAULT_AUTH_METHOD: 'kubernetes',
      VAULT_AUTH_MOUNT: mount,
      VAULT_AUTH_ROLE: store.database.names.runtime,
    };
  };
  it('as a pod reads the projected token anew each time (matrix: login token rotated)', async () => {
    const store = await openStore();
    const environment = await grantToPod(store);
    await project(store, projectedToken('jwt-1', 'vault'));
    const opened = await openOn(store, environment);
    const { databaseCredentials: credentials } = opened.secrets;
    await expect(whoAmI(store.database, credentials.current.value)).resolves.toBeDefined();

    await project(store, projectedToken('jwt-2', 'vault'));
    const held = await vault().call('LIST', 'auth/token/accessors');
    for (const accessor of (held as { data: { keys: string[] } }).data.keys) {
      const found = await vault().call('POST', 'auth/token/lookup-accessor', { accessor });
      if ((found as { data: { path: string } }).data.path === `auth/${mount}/login`) {
        await vault().call('POST', 'auth/token/revoke-accessor', { accessor });
      }
    }
    await credentials.replace(credentials.current);
    await expect.poll(() => opened.announced.length, { timeout: 20_000 }).toBe(1);
    expect(reviewer.reviewed).toEqual(['jwt-1', 'jwt-2']);
  });

  it('as a pod with a token for another audience is refused, says so and never shows it (matrix: login token rotated)', async () => {
    const store = await openStore();
    const environment = await grantToPod(store);
    const token = projectedToken('jwt-3', 'kubernetes');
    await project(store, token);
    const reasons: string[] = [];
    const opening = openOn(store, environment, { onWaiting: (reason) => void reasons.push(reason) });
    await expect.poll(() => reasons.length, { timeout: 20_000 }).toBeGreaterThan(1);
    await project(store, projectedToken('jwt-4', 'vault'));
    const { lines } = await opening;

    expect(reasons[0]).toMatch(
      /^api-keys: Vault, logging in at auth\/clusters\/one: permission denied.*audience.*\(403\)$/,
    );
    const [, , signature = ''] = token.split('.');
    expect(lines.join('')).toContain('permission denied');
    expect(lines.join('')).not.toContain(signature.slice(0, 40));
  });

  it('waits for a login that is not mounted yet, without asking Vault', async () => {
    const store = await openStore();
    const environment = await grantToPod(store);
    const reasons: string[] = [];
    const before = reviewer.reviewed.length;
    const opening = openOn(store, environment, { onWaiting: (reason) => void reasons.push(reason) });
    await expect.poll(() => reasons.length, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(reasons[0]).toMatch(/vault-kubernetes can't be read \(ENOENT\)/);
    expect(reviewer.reviewed).toHaveLength(before);

    await project(store, projectedToken('jwt-5', 'vault'));
    expect(requests(await opening)).toMatchObject({ 'login ok': 1 });
  });

  it('with a token of somebody else neither renews nor revokes it, and gives its leases back one by one', async () => {
    const store = await openStore();
    const policies = await policiesOf(vault(), store);
    const make = async (ttl: string) => {
      const made = await vault().call('POST', 'auth/token/create-orphan', { policies, ttl });
      return (made as { auth: { client_token: string } }).auth.client_token;
    };
    const put = (token: string) =>
      writeMountedSecret(join(store.database.secretsDirectory, 'vault-token'), { token });
    const first = await make('4s');
    await put(first);
    const opened = await openOn(store, { VAULT_AUTH_METHOD: 'token-file' });
    // As an agent does it: the next one before the old one ends.
    const second = await make('1h');
    await put(second);
    await expect.poll(() => opened.announced.length, { timeout: 20_000 }).toBe(1);
    await opened.secrets.close();

    expect(await issuedRoles(store.database)).toEqual([]);
    await expect(vault().call('GET', 'auth/token/lookup-self', undefined, second)).resolves.toBeDefined();
    expect(Object.keys(requests(opened))).not.toContain('renew_token ok');
    expect(Object.keys(requests(opened))).not.toContain('revoke_token ok');
  });
});
