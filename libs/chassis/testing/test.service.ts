import { readConfiguration } from '@secure-backend/chassis/configuration';
import { migrate } from '@secure-backend/chassis/database';
import { databaseCredentials, MountedSource } from '@secure-backend/chassis/secrets';
import { migrationsOf, serve, type ServiceDefinition } from '@secure-backend/chassis/service';
import { createLogger } from '@secure-backend/chassis/telemetry';
import { createTestDatabase, type TestDatabase } from '@secure-backend/local-stack/testing';

/** A service as in production, in this process, on a migrated database of its own. */
export interface TestService {
  url: string;
  managementUrl: string;
  /** Key of the caller `external-api`. */
  apiKey: string;
  database: TestDatabase;
  /** All that it logged so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface TestServiceOptions {
  /** Variables that differ from the test's defaults. */
  environment?: Readonly<Record<string, string>>;
  /** Called before the service opens its secrets and its database. */
  prepare?: (database: TestDatabase) => Promise<void>;
  /** Another database than a new one; dropped by whoever made it. */
  database?: TestDatabase;
}

const defaults = {
  API_DOCS: 'on',
  LOG_LEVEL: 'trace',
  SHUTDOWN_DELAY_MS: '0',
  // The test itself shares the event loop; on a busy machine its own work would count as overload.
  HTTP_MAX_EVENT_LOOP_DELAY_MS: '60000',
};

export async function startTestService(
  definition: ServiceDefinition,
  options: TestServiceOptions = {},
): Promise<TestService> {
  const database = options.database ?? (await createTestDatabase('test-service'));
  await applyMigrations(definition, database);
  await options.prepare?.(database);
  const lines: string[] = [];
  const environment = { ...database.environment, ...defaults, ...options.environment };
  const configuration = readConfiguration(definition.configuration, environment);
  const logger = createLogger(
    { service: 'test-service', version: '0.0.0', level: configuration.LOG_LEVEL },
    { write: (line: string) => void lines.push(line) },
  );
  const service = await serve(definition, { configuration, logger, signal: new AbortController().signal });
  return {
    url: `http://127.0.0.1:${service.port}`,
    managementUrl: `http://127.0.0.1:${service.managementPort}`,
    apiKey: database.apiKey,
    database,
    log: () => lines.join(''),
    stop: async () => {
      await service.stop();
      if (options.database === undefined) {
        await database.drop();
      }
    },
  };
}

/** Brings a test database to the schema of a service. */
export async function applyMigrations(
  definition: ServiceDefinition,
  database: TestDatabase,
): Promise<string[]> {
  const configuration = readConfiguration(definition.configuration, database.environment);
  const directory = `${database.secretsDirectory}/db-migrator-credentials`;
  const source = await MountedSource.open(directory, databaseCredentials);
  const { value: credentials } = source.current;
  await source.close();
  return migrate({ directory: migrationsOf(definition.root), configuration, credentials });
}
