import { defineConfiguration, readConfiguration } from '@secure-backend/chassis/configuration';
import { openSecrets } from '@secure-backend/chassis/secrets';
import {
  provisionTestVault,
  type TestVaultTimes,
  type ThrowawayVault,
} from '@secure-backend/local-stack/testing';
import type { BenchPostgres } from './bench.postgres.ts';
import type { CredentialStore, OpenStore } from './credential.store.ts';

/** Vault: every credential is a role of its own, made and dropped by Vault. */
export function vaultStore(
  vault: ThrowawayVault,
  postgres: BenchPostgres,
  times: TestVaultTimes = {},
): OpenStore {
  return async ({ logger }, signal): Promise<CredentialStore> => {
    const { environment, databasePath } = await provisionTestVault(vault, postgres.service, times);
    const variables = { ...postgres.service.environment, ...environment };
    const configuration = readConfiguration(defineConfiguration({}), variables);
    const secrets = await openSecrets(configuration, { logger, signal });
    const source = secrets.databaseCredentials;
    return {
      name: 'vault',
      source,
      environment,
      rotate: () => source.replace(source.current),
      // Its lease is revoked by the subject itself.
      retire: async () => undefined,
      revoke: async (afterwards) => {
        await vault.call('PUT', `sys/leases/revoke-prefix/${databasePath}`, { sync: true });
        await afterwards();
      },
      liveRoles: () => countRoles(postgres),
      close: () => secrets.close(),
    };
  };
}

/** Logins in the service's group that are neither its static ones nor Vault's own. */
async function countRoles({ service, query }: BenchPostgres): Promise<number> {
  const { runtime, runtimeLogins, vault } = service.names;
  const [row] = await query<{ count: number }>(
    `select count(*)::int as count from pg_auth_members m join pg_roles r on r.oid = m.member
     where m.roleid = $1::regrole and r.rolcanlogin and r.rolname <> all ($2)`,
    [runtime, [...runtimeLogins, vault]],
  );
  return row?.count ?? 0;
}
