import { readConfiguration } from '@secure-backend/chassis/configuration';
import { Database } from '@secure-backend/chassis/database';
import { databaseCredentials, MountedSource } from '@secure-backend/chassis/secrets';
import { createLogger } from '@secure-backend/chassis/telemetry';
import { createTestDatabase, type TestDatabase } from '@secure-backend/local-stack/testing';
import { defineConfiguration } from '../../src/configuration/index.ts';

export interface OpenDatabase {
  database: Database;
  /** What it runs on. */
  surroundings: TestDatabase;
  credentials: MountedSource<{ username: string; password: string }>;
  log(): string;
  close(): Promise<void>;
}

/** A {@link Database} under the runtime identity; `open()` is left to the test. */
export async function prepareDatabase(
  variables: Record<string, string> = {},
  surroundings?: TestDatabase,
): Promise<OpenDatabase> {
  const own = surroundings ?? (await createTestDatabase('chassis-test'));
  const configuration = readConfiguration(defineConfiguration({}), { ...own.environment, ...variables });
  const credentials = await MountedSource.open(`${own.secretsDirectory}/db-credentials`, databaseCredentials);
  const lines: string[] = [];
  const logger = createLogger(
    { service: 'chassis-test', version: '0.0.0', level: 'trace' },
    { write: (line: string) => void lines.push(line) },
  );
  const database = new Database({ configuration, credentials, applicationName: 'chassis-test', logger });
  return {
    database,
    surroundings: own,
    credentials,
    log: () => lines.join(''),
    close: async () => {
      await database.close();
      await own.drop();
    },
  };
}
