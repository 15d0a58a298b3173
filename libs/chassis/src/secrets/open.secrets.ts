import { join } from 'node:path';
import type { z } from 'zod';
import type { ChassisConfiguration } from '../configuration/index.ts';
import { apiKeys, databaseCredentials } from './credential.schemas.ts';
import { MountedSource } from './files/mounted.source.ts';
import type { ObservedSource } from './observed.source.ts';
import type { MigratorSecrets, OpenOptions, OpenSecrets, Secrets } from './secrets.ts';
import { openVaultMigratorSecrets, openVaultSecrets } from './vault/vault.secrets.ts';

/**
 * Opens what a service runs on, from where its configuration says. Vault is waited for; files must be there.
 *
 * @throws ConfigurationError when a path at Vault is missing, SecretError when files can't be read, the signal's reason when it
 *   gave up waiting; nothing stays open then
 */
export async function openSecrets(
  configuration: ChassisConfiguration,
  options: OpenOptions,
): Promise<Secrets> {
  if (configuration.VAULT_ADDRESS !== undefined) {
    return openVaultSecrets(configuration, options);
  }
  const { SECRETS_DIRECTORY: directory } = configuration;
  const { logger } = options;
  const open = <Value>(name: string, schema: z.ZodType<Value>) =>
    MountedSource.open(join(directory, name), schema, logger);
  const credentials = await open('db-credentials', databaseCredentials);
  try {
    const keys = await open('api-keys', apiKeys);
    return { ...mounted([credentials, keys]), databaseCredentials: credentials, apiKeys: keys };
  } catch (error) {
    await credentials.close();
    throw error;
  }
}

/**
 * Opens what a service's migrations run on.
 *
 * @throws as {@link openSecrets}
 */
export async function openMigratorSecrets(
  configuration: ChassisConfiguration,
  options: OpenOptions,
): Promise<MigratorSecrets> {
  if (configuration.VAULT_ADDRESS !== undefined) {
    return openVaultMigratorSecrets(configuration, options);
  }
  const place = join(configuration.SECRETS_DIRECTORY, 'db-migrator-credentials');
  const credentials = await MountedSource.open(place, databaseCredentials, options.logger);
  return { ...mounted([credentials]), databaseCredentials: credentials };
}

function mounted(sources: ObservedSource<unknown>[]): OpenSecrets {
  return { sources, close: async () => void (await Promise.all(sources.map((source) => source.close()))) };
}
