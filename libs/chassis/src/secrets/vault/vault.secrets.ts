import type { ChassisConfiguration } from '../../configuration/index.ts';
import { apiKeys } from '../credential.schemas.ts';
import type { MigratorSecrets, OpenOptions, Secrets } from '../secrets.ts';
import { pathOf } from './open.session.ts';
import { openDatabaseCredentials } from './sources/database.credentials.ts';
import { openVersionedSecret } from './sources/versioned.secret.ts';
import { VaultStore } from './vault.store.ts';

/** @throws ConfigurationError before anybody is asked; the signal's reason, with nothing left at Vault */
export async function openVaultSecrets(
  configuration: ChassisConfiguration,
  options: OpenOptions,
): Promise<Secrets> {
  const { VAULT_REFRESH_MS: refresh } = configuration;
  const databasePath = pathOf(configuration, 'VAULT_DATABASE_PATH');
  const keysPath = pathOf(configuration, 'VAULT_CALLERS_PATH');
  const store = new VaultStore(configuration, options);
  return orClose(store, async () => {
    // The lease comes last: none is held while something else is missing.
    const keys = await store.open('api-keys', (session, signal) =>
      openVersionedSecret({ name: 'api-keys', session, path: keysPath, schema: apiKeys, refresh }, signal),
    );
    const credentials = await store.open('db-credentials', (session, signal) =>
      openDatabaseCredentials({ name: 'db-credentials', session, path: databasePath, refresh }, signal),
    );
    return { ...opened(store), apiKeys: keys, databaseCredentials: credentials };
  });
}

/** @throws as {@link openVaultSecrets} */
export async function openVaultMigratorSecrets(
  configuration: ChassisConfiguration,
  options: OpenOptions,
): Promise<MigratorSecrets> {
  const { VAULT_REFRESH_MS: refresh } = configuration;
  const path = pathOf(configuration, 'VAULT_MIGRATOR_PATH');
  const store = new VaultStore(configuration, options);
  return orClose(store, async () => {
    const name = 'db-migrator-credentials';
    const credentials = await store.open(name, (session, signal) =>
      openDatabaseCredentials({ name, session, path, refresh }, signal),
    );
    return { ...opened(store), databaseCredentials: credentials };
  });
}

function opened(store: VaultStore) {
  return { sources: store.sources, vault: store.vault, close: () => store.close() };
}

async function orClose<Result>(store: VaultStore, open: () => Promise<Result>): Promise<Result> {
  try {
    return await open();
  } catch (error) {
    await store.close();
    throw error;
  }
}
