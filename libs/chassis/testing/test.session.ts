import { readConfiguration } from '@secure-backend/chassis/configuration';
import { Database, statement } from '@secure-backend/chassis/database';
import { databaseCredentials, MountedSource } from '@secure-backend/chassis/secrets';
import type { ServiceDefinition } from '@secure-backend/chassis/service';
import { createLogger } from '@secure-backend/chassis/telemetry';
import type { TestDatabase } from '@secure-backend/local-stack/testing';

/** Statements under one of a service's own logins. */
export interface TestSession {
  /** @throws Error whose `code` is the SQLSTATE */
  query(sql: string): Promise<unknown[]>;
  close(): Promise<void>;
}

/** @param secret `db-credentials` is the runtime identity, `db-migrator-credentials` the migrator */
export async function openTestSession(
  definition: ServiceDefinition,
  { environment, secretsDirectory }: TestDatabase,
  secret: 'db-credentials' | 'db-migrator-credentials',
): Promise<TestSession> {
  const credentials = await MountedSource.open(`${secretsDirectory}/${secret}`, databaseCredentials);
  const database = new Database({
    configuration: readConfiguration(definition.configuration, environment),
    credentials,
    applicationName: 'test-session',
    logger: createLogger({ service: 'test-session', version: '0.0.0', level: 'fatal' }),
  });
  await database.open();
  const close = async () => {
    await database.close();
    await credentials.close();
  };
  return { query: (sql) => database.query(statement<unknown>(sql)), close };
}
