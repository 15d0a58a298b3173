import { readFile } from 'node:fs/promises';
import { checkServerIdentity, type ConnectionOptions } from 'node:tls';
import type { ClientConfig } from 'pg';
import type { ChassisConfiguration } from '../configuration/index.ts';
import type { DatabaseCredentials } from '../secrets/index.ts';
import { DatabaseUnavailable } from './database.unavailable.ts';
import { typeParsers } from './type.parsers.ts';

export type DatabaseConfiguration = Pick<
  ChassisConfiguration,
  Extract<keyof ChassisConfiguration, `DATABASE_${string}`>
>;

/** Milliseconds in which the server's own timeout gets here first. */
const graceForTheServer = 1_000;

/**
 * Everything one session needs. All of it is given explicitly, because the driver fills gaps from `PG*` variables.
 * The CA is read anew for each generation, so that it may rotate too.
 *
 * @throws DatabaseUnavailable when the CA file can't be read
 */
export async function connectionOptions(
  configuration: DatabaseConfiguration,
  credentials: DatabaseCredentials,
  applicationName: string,
): Promise<ClientConfig> {
  return {
    host: configuration.DATABASE_HOST,
    port: configuration.DATABASE_PORT,
    database: configuration.DATABASE_NAME,
    user: credentials.username,
    password: credentials.password,
    ssl: await verifiedTls(configuration),
    application_name: applicationName,
    connectionTimeoutMillis: configuration.DATABASE_CONNECT_TIMEOUT_MS,
    statement_timeout: configuration.DATABASE_STATEMENT_TIMEOUT_MS,
    // For a server that stops answering at all; the session is discarded then.
    query_timeout: configuration.DATABASE_STATEMENT_TIMEOUT_MS + graceForTheServer,
    lock_timeout: configuration.DATABASE_LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: configuration.DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
    // Not empty, because the driver would then take PGOPTIONS. The parsers of dates know this style only.
    options: '-c DateStyle=ISO -c TimeZone=UTC',
    types: typeParsers,
  };
}

async function verifiedTls(configuration: DatabaseConfiguration): Promise<false | ConnectionOptions> {
  const { DATABASE_CA_FILE: file, DATABASE_HOST: host } = configuration;
  if (file === undefined) {
    return false;
  }
  const ca = await readFile(file, 'utf8').catch(() => {
    throw new DatabaseUnavailable('DATABASE_CA_FILE unreadable');
  });
  return {
    ca,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    checkServerIdentity: (_host, certificate) => checkServerIdentity(host, certificate),
  };
}
