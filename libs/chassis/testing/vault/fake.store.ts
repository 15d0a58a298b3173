import { join } from 'node:path';
import { writeMountedSecret } from '@secure-backend/local-stack';
import { createTestDatabase } from '@secure-backend/local-stack/testing';
import { serveFakeVault } from './fake.server.ts';
import { FakeVault } from './fake.vault.ts';
import { longTimes, type OpenStore } from './tested.store.ts';

export const openFakeStore: OpenStore = async (times) => {
  const database = await createTestDatabase('fake-vault');
  const { names, secretsDirectory } = database;
  const all = { ...longTimes, ...times };
  const vault = new FakeVault(database, all, all.staticSeconds);
  vault.secret = { 'external-api': database.apiKey };
  const server = await serveFakeVault(vault);
  await writeMountedSecret(join(secretsDirectory, 'vault-approle'), {
    'role-id': vault.login.roleId,
    'secret-id': vault.login.secretId,
  });
  return {
    database,
    address: server.address,
    environment: {
      VAULT_ADDRESS: server.address,
      VAULT_AUTH_METHOD: 'approle',
      VAULT_DATABASE_PATH: `database/creds/${names.runtime}`,
      VAULT_CALLERS_PATH: 'secret/data/fake/api-keys',
    },
    migratorEnvironment: {},
    staticDatabasePath: `database/static-creds/${names.runtimeLogins[1]}`,
    seal: async () => void (vault.isSealed = true),
    unseal: () => vault.unseal(),
    leases: async () => [...vault.leases.keys()],
    tokens: async () => vault.tokens.size,
    revokeLease: async (id) => void (await vault.revokeLease(id)),
    revokeTokens: async () =>
      void (await Promise.all([...vault.tokens.values()].map((token) => vault.revokeToken(token)))),
    rotateStatic: () => vault.rotateStatic(),
    writeKeys: async (keys) => void (vault.secret = keys),
    remove: async () => {
      await server.close();
      await Promise.all([...vault.leases.keys()].map((id) => vault.revokeLease(id)));
      await database.drop();
    },
  };
};
