import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMountedSecret } from '../credentials/index.ts';
import {
  createTestDatabase,
  openThrowawayVault,
  provisionTestVault,
  vaultMissing,
  type TestDatabase,
  type TestVault,
  type ThrowawayVault,
} from '../testing/index.ts';

interface Lease {
  lease_id: string;
}
interface Login {
  auth: { client_token: string; token_policies: string[] };
}

const missing = vaultMissing();

describe.skipIf(missing)(`the policies of a service${missing ? ` (${missing})` : ''}`, () => {
  let vault: ThrowawayVault;
  let database: TestDatabase;
  let neighbour: TestDatabase;
  let own: TestVault;
  let others: TestVault;
  const tokens = { runtime: '', migrator: '' };
  type Who = keyof typeof tokens;

  const logIn = async (secretsDirectory: string) => {
    const secret = await readMountedSecret(join(secretsDirectory, 'vault-approle'));
    const login = { role_id: secret?.['role-id'], secret_id: secret?.['secret-id'] };
    return (await vault.call('POST', 'auth/approle/login', login, '')) as Login;
  };
  const as = (who: Who, method: string, path: string, body?: unknown) =>
    vault.call(method, path, body, tokens[who]);
  const leaseOf = async (path: string) => ((await vault.call('GET', path)) as Lease).lease_id;

  beforeAll(async () => {
    [vault, database, neighbour] = await Promise.all([
      openThrowawayVault(),
      createTestDatabase('demo-service'),
      createTestDatabase('demo-service'),
    ]);
    own = await provisionTestVault(vault, database);
    others = await provisionTestVault(vault, neighbour);
    tokens.runtime = (await logIn(database.secretsDirectory)).auth.client_token;
    tokens.migrator = (await logIn(own.migratorEnvironment['SECRETS_DIRECTORY'] ?? '')).auth.client_token;
  });
  afterAll(async () => {
    await vault.remove();
    await Promise.all([database.drop(), neighbour.drop()]);
  });

  it('are all that a token has: not even what every token gets by default', async () => {
    const { auth } = await logIn(database.secretsDirectory);
    const { database: name } = database.names;
    expect(auth.token_policies).toEqual([`${name}_runtime`, `${name}_static`]);
  });

  it.each([
    ['runtime', 'GET', () => own.databasePath],
    ['runtime', 'GET', () => own.staticDatabasePath],
    ['runtime', 'GET', () => own.apiKeysPath],
    ['migrator', 'GET', () => own.migratorPath],
    ['runtime', 'GET', () => 'auth/token/lookup-self'],
    ['runtime', 'PUT', () => 'auth/token/renew-self'],
    ['migrator', 'GET', () => 'auth/token/lookup-self'],
    ['migrator', 'PUT', () => 'auth/token/renew-self'],
  ] as [Who, string, () => string][])('let the %s %s what it needs (%#)', async (who, method, path) => {
    await expect(as(who, method, path())).resolves.toHaveProperty('request_id');
  });

  it.each(['runtime', 'migrator'] as const)('let the %s renew and revoke its own leases', async (who) => {
    const path = { runtime: own.databasePath, migrator: own.migratorPath }[who];
    const { lease_id } = (await as(who, 'GET', path)) as Lease;
    await expect(as(who, 'PUT', 'sys/leases/renew', { lease_id, increment: 60 })).resolves.toBeDefined();
    await expect(as(who, 'PUT', 'sys/leases/revoke', { lease_id })).resolves.toBeUndefined();
  });

  it.each(['runtime', 'migrator'] as const)("don't let the %s touch others' leases", async (who) => {
    const paths = [others.databasePath, who === 'runtime' ? own.migratorPath : own.databasePath];
    const tries = paths.map(async (path) => {
      const lease_id = await leaseOf(path);
      const forbidden = expect.objectContaining({ status: 403 });
      await expect(as(who, 'PUT', 'sys/leases/renew', { lease_id })).rejects.toEqual(forbidden);
      await expect(as(who, 'PUT', 'sys/leases/revoke', { lease_id })).rejects.toEqual(forbidden);
      await expect(as(who, 'PUT', `sys/leases/revoke/${lease_id}`)).rejects.toEqual(forbidden);
      await expect(vault.call('PUT', 'sys/leases/revoke', { lease_id })).resolves.toBeUndefined();
    });
    await Promise.all(tries);
  });

  it.each([
    ["read another service's login", 'GET', () => others.databasePath],
    ["read another service's login with a name that stays", 'GET', () => others.staticDatabasePath],
    ["read another service's keys", 'GET', () => others.apiKeysPath],
    ["read the login of another service's migrations", 'GET', () => others.migratorPath],
    ['list keys', 'LIST', () => 'secret/metadata'],
    ['list logins', 'LIST', () => 'database/roles'],
    ['read how Vault reaches Postgres', 'GET', () => `database/config/${database.names.database}`],
    ['change its role', 'POST', () => `database/roles/${database.names.runtime}`],
    ["change Vault's password", 'POST', () => `database/rotate-root/${database.names.database}`],
    ['write keys', 'POST', () => own.apiKeysPath],
    ['delete keys', 'DELETE', () => own.apiKeysPath],
    ['look at leases', 'LIST', () => `sys/leases/lookup/${own.databasePath}`],
    ['revoke all leases', 'PUT', () => `sys/leases/revoke-prefix/${own.databasePath}`],
    ['make a token', 'POST', () => 'auth/token/create'],
    ['make a login', 'POST', () => `auth/approle/role/${database.names.runtime}/secret-id`],
    ['read policies', 'GET', () => 'sys/policies/acl'],
    ['write policies', 'PUT', () => `sys/policies/acl/${database.names.database}_runtime`],
    ['look at mounts', 'GET', () => 'sys/mounts'],
    ['seal', 'PUT', () => 'sys/seal'],
    ['use the cubbyhole', 'POST', () => 'cubbyhole/mine'],
  ] as [string, string, () => string][])("don't let a service %s", async (_, method, path) => {
    const body = method === 'POST' ? { data: {} } : undefined;
    const tries = (['runtime', 'migrator'] as const).map((who) =>
      expect(as(who, method, path(), body)).rejects.toMatchObject({ status: 403 }),
    );
    await Promise.all(tries);
  });

  it("don't let the runtime and the migrations read each other's login", async () => {
    await expect(as('runtime', 'GET', own.migratorPath)).rejects.toMatchObject({ status: 403 });
    await expect(as('migrator', 'GET', own.databasePath)).rejects.toMatchObject({ status: 403 });
    await expect(as('migrator', 'GET', own.apiKeysPath)).rejects.toMatchObject({ status: 403 });
  });

  it('let a service give its token back, and its logins with it', async () => {
    const { auth } = await logIn(database.secretsDirectory);
    const { lease_id } = (await vault.call('GET', own.databasePath, undefined, auth.client_token)) as Lease;
    await vault.call('POST', 'auth/token/revoke-self', undefined, auth.client_token);
    const lookUp = () =>
      vault.call('PUT', 'sys/leases/lookup', { lease_id }).catch((error: unknown) => error);
    await expect.poll(lookUp).toMatchObject({ status: 400 });
  });
});
