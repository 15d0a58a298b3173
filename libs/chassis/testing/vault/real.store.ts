import {
  createTestDatabase,
  provisionTestVault,
  type TestDatabase,
  type ThrowawayVault,
} from '@secure-backend/local-stack/testing';
import { longTimes, type OpenStore } from './tested.store.ts';

type PostgresCoordinates = TestDatabase['superuser'];

/** @param vault one for many stores; each has its own paths. Sealing hits all of them. */
export const openRealStore =
  (vault: () => ThrowawayVault, postgres?: () => PostgresCoordinates): OpenStore =>
  async (times) => {
    const database = await createTestDatabase('real-vault', postgres?.());
    const { environment, migratorEnvironment, ...paths } = await provisionTestVault(vault(), database, {
      ...longTimes,
      ...times,
    });
    const { call, address } = vault();
    const [, login] = database.names.runtimeLogins;
    const leases = () => list(vault(), `sys/leases/lookup/${paths.databasePath}`);
    return {
      database,
      address,
      environment,
      migratorEnvironment,
      staticDatabasePath: paths.staticDatabasePath,
      seal: () => vault().seal(),
      unseal: () => vault().unseal(),
      leases: async () => (await leases()).map((id) => `${paths.databasePath}/${id}`),
      tokens: async () => (await tokensOf(vault(), database.names.runtime)).length,
      revokeLease: async (id) => void (await call('PUT', 'sys/leases/revoke', { lease_id: id, sync: true })),
      revokeTokens: async () => {
        for (const accessor of await tokensOf(vault(), database.names.runtime)) {
          await call('POST', 'auth/token/revoke-accessor', { accessor });
        }
      },
      rotateStatic: async () => void (await call('POST', `database/rotate-role/${login}`)),
      writeKeys: async (keys) => {
        const method = keys === undefined ? 'DELETE' : 'POST';
        await call(method, paths.apiKeysPath, keys === undefined ? undefined : { data: keys });
      },
      remove: () => database.drop(),
    };
  };

async function list({ call }: ThrowawayVault, path: string): Promise<string[]> {
  const found = await call('LIST', path).catch(() => undefined);
  return (found as { data: { keys: string[] } } | undefined)?.data.keys ?? [];
}

/** Accessors of the tokens that a role of AppRole has given out. */
async function tokensOf(vault: ThrowawayVault, role: string): Promise<string[]> {
  const found: string[] = [];
  for (const accessor of await list(vault, 'auth/token/accessors')) {
    const answer = await vault
      .call('POST', 'auth/token/lookup-accessor', { accessor })
      .catch(() => undefined);
    const { data } = (answer ?? { data: {} }) as { data: { meta?: { role_name?: string } } };
    if (data.meta?.role_name === role) {
      found.push(accessor);
    }
  }
  return found;
}
