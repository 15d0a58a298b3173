import { ensureCredentials, type Credentials } from '../credentials/index.ts';
import type { PostgresCoordinates } from '../postgres/index.ts';
import { createIdentities } from './identity.factory.ts';
import type { IdentityNames } from './identity.names.ts';

/**
 * Gives a service its database, its roles, and the credentials for them as mounted secrets. May be repeated: the secrets
 * that are there decide, the server follows.
 */
export async function provisionService(
  postgres: PostgresCoordinates,
  names: IdentityNames,
  secretsDirectory: string,
): Promise<Credentials> {
  const credentials = await ensureCredentials(secretsDirectory, {
    migrator: [names.migrator],
    runtime: names.runtimeLogins,
  });
  await createIdentities(postgres, names, credentials);
  return credentials;
}
