import { join } from 'node:path';
import { readMountedSecret } from '../credentials/index.ts';
import { provisionVault, type VaultPaths } from '../vault/index.ts';
import type { TestDatabase } from './test.database.ts';
import type { ThrowawayVault } from './throwaway.vault.ts';

export interface TestVaultTimes {
  /** Of a login; an hour unless given. */
  leaseSeconds?: number;
  /** After which no renewal helps; a day unless given. */
  maxLeaseSeconds?: number;
  /** Of a token; an hour unless given. */
  tokenSeconds?: number;
  /** After which no renewal helps; a day unless given. */
  tokenMaxSeconds?: number;
  /** Between two passwords of the static role; an hour unless given, 5 at the least. */
  staticSeconds?: number;
}

/** What a service needs to take its credentials from a Vault. */
export interface TestVault extends VaultPaths {
  /** To be added to the environment of the test database. */
  environment: Record<string, string>;
  /** The same for the command `migrate`, which has a login to Vault of its own. */
  migratorEnvironment: Record<string, string>;
}

/**
 * Configures a Vault for the service of a test database: its logins to Vault lie beside its secrets, and the API keys are
 * those of its files. May be repeated, on another Vault too.
 */
export async function provisionTestVault(
  vault: Pick<ThrowawayVault, 'address' | 'call'>,
  database: TestDatabase,
  times: TestVaultTimes = {},
): Promise<TestVault> {
  const { names, superuser, secretsDirectory } = database;
  const migratorSecretsDirectory = `${secretsDirectory}-migrator`;
  const paths = await provisionVault(vault.call, superuser, names, {
    leaseSeconds: 3600,
    maxLeaseSeconds: 86_400,
    tokenSeconds: 3600,
    tokenMaxSeconds: 86_400,
    staticSeconds: 3600,
    ...times,
    apiKeys: (await readMountedSecret(join(secretsDirectory, 'api-keys'))) ?? {},
    secretsDirectory,
    migratorSecretsDirectory,
  });
  const environment = {
    VAULT_ADDRESS: vault.address,
    VAULT_AUTH_METHOD: 'approle',
    VAULT_DATABASE_PATH: paths.databasePath,
    VAULT_MIGRATOR_PATH: paths.migratorPath,
    VAULT_CALLERS_PATH: paths.apiKeysPath,
  };
  const migratorEnvironment = { ...environment, SECRETS_DIRECTORY: migratorSecretsDirectory };
  return { ...paths, environment, migratorEnvironment };
}
