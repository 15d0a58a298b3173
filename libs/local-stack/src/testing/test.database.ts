import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { dropIdentities, identityNames, provisionService, type IdentityNames } from '../identities/index.ts';
import type { PostgresCoordinates } from '../postgres/index.ts';
import { POSTGRES_OF_THE_RUN } from './provided.context.ts';

/** One service's surroundings for one test file. */
export interface TestDatabase {
  /** The whole environment of the service, as its configuration reads it; ports are picked by the system. */
  environment: Record<string, string>;
  /** Holds `db-credentials`, `db-migrator-credentials` and `api-keys`, laid out as mounted secrets. */
  secretsDirectory: string;
  /** Key of the caller `external-api`. */
  apiKey: string;
  names: IdentityNames;
  /** Logs in where the service may not, to look at what it did. */
  superuser: PostgresCoordinates;
  /** Removes database, roles and secrets, even with sessions open. */
  drop(): Promise<void>;
}

/**
 * A fresh, empty database with the service's roles and credentials. Every call has names of its own, so test files can run
 * side by side on the Postgres of the run.
 *
 * @param postgres another server than that of the global setup
 */
export async function createTestDatabase(
  service: string,
  postgres: PostgresCoordinates = inject(POSTGRES_OF_THE_RUN),
): Promise<TestDatabase> {
  const names = identityNames(service, randomBytes(4).toString('hex'));
  const secretsDirectory = join(postgres.directory, 'secrets', names.database);
  const { apiKey } = await provisionService(postgres, names, secretsDirectory);
  const environment = {
    NODE_ENV: 'test',
    LISTEN_ADDRESS: '127.0.0.1',
    PORT: '0',
    MANAGEMENT_PORT: '0',
    DATABASE_HOST: postgres.host,
    DATABASE_PORT: String(postgres.port),
    DATABASE_NAME: names.database,
    DATABASE_CA_FILE: postgres.caFile,
    SECRETS_DIRECTORY: secretsDirectory,
  };
  const drop = async () => {
    await dropIdentities(postgres, names);
    const directories = [secretsDirectory, `${secretsDirectory}-migrator`];
    await Promise.all(directories.map((directory) => rm(directory, { recursive: true, force: true })));
  };
  return { environment, secretsDirectory, apiKey, names, superuser: postgres, drop };
}
