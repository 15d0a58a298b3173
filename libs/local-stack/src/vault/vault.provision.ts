import { newSecret } from '../credentials/index.ts';
import { createVaultIdentity, type IdentityNames } from '../identities/index.ts';
import type { PostgresCoordinates } from '../postgres/index.ts';
import { provisionAppRole, type TokenTimes } from './approle.login.ts';
import {
  writeConnection,
  writeMigratorRole,
  writeRuntimeRole,
  writeStaticRole,
  type LeaseTimes,
} from './database.engine.ts';
import type { VaultCall } from './vault.client.ts';
import { ensureMounts, writeSecret } from './vault.mounts.ts';
import { policyName, writePolicy } from './vault.policies.ts';

export interface VaultProvision extends LeaseTimes, TokenTimes {
  /** Seconds between two passwords of the static role; no such role when undefined. */
  staticSeconds?: number;
  /** Name to key, as in the files of the mounted secret `api-keys`. */
  apiKeys: Readonly<Record<string, string>>;
  /** Gets the service's login to Vault: `vault-approle`. */
  secretsDirectory: string;
  /** Gets that of the migrations, which the service may not have. */
  migratorSecretsDirectory: string;
}

/** Where a service finds its secrets, as its variables name them. */
export interface VaultPaths {
  databasePath: string;
  staticDatabasePath: string;
  migratorPath: string;
  apiKeysPath: string;
}

export function vaultPaths({ database, runtime, runtimeLogins, migrator }: IdentityNames): VaultPaths {
  return {
    databasePath: `database/creds/${runtime}`,
    staticDatabasePath: `database/static-creds/${runtimeLogins[1]}`,
    migratorPath: `database/creds/${migrator}`,
    apiKeysPath: `secret/data/${database}/api-keys`,
  };
}

/**
 * Configures Vault for one service whose identities are in Postgres: database engine, roles, keys, policies and logins.
 * May be repeated.
 *
 * @param call as root
 * @throws VaultError when Vault refuses a part, an unreachable Postgres included
 */
export async function provisionVault(
  call: VaultCall,
  postgres: PostgresCoordinates,
  names: IdentityNames,
  provision: VaultProvision,
): Promise<VaultPaths> {
  const password = newSecret();
  await createVaultIdentity(postgres, names, password);
  await ensureMounts(call);
  await writeConnection(call, postgres, names, password);
  await writeRuntimeRole(call, names, provision);
  await writeMigratorRole(call, names, provision);
  if (provision.staticSeconds) await writeStaticRole(call, names, provision.staticSeconds);
  const paths = vaultPaths(names);
  await writeSecret(call, paths.apiKeysPath, provision.apiKeys);
  await provisionLogins(call, names, provision);
  return paths;
}

async function provisionLogins(
  call: VaultCall,
  names: IdentityNames,
  provision: VaultProvision,
): Promise<void> {
  const runtime = provision.staticSeconds ? (['runtime', 'static'] as const) : (['runtime'] as const);
  await Promise.all([...runtime, 'migrator' as const].map((kind) => writePolicy(call, names, kind)));
  const { secretsDirectory, migratorSecretsDirectory } = provision;
  const policies = runtime.map((kind) => policyName(names, kind));
  await provisionAppRole(call, names.runtime, policies, provision, secretsDirectory);
  const migrator = [policyName(names, 'migrator')];
  await provisionAppRole(call, names.migrator, migrator, provision, migratorSecretsDirectory);
}
