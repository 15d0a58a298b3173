import { defineConfiguration, readConfiguration } from '@secure-backend/chassis/configuration';
import { type OpenOptions, openSecrets, type Secrets } from '@secure-backend/chassis/secrets';
import { createLogger, type Logger } from '@secure-backend/chassis/telemetry';
import { asSuperuser, type TestDatabase } from '@secure-backend/local-stack/testing';
import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import type { TestedStore } from '../../testing/vault/index.ts';

/** A logger at trace level, and all that it wrote. */
export function captureLog(): { logger: Logger; lines: string[] } {
  const lines: string[] = [];
  const logger = createLogger(
    { service: 'test', version: '1', level: 'trace' },
    { write: (line: string) => void lines.push(line) },
  );
  return { logger, lines };
}

export function configurationOf(store: TestedStore, environment: Record<string, string> = {}) {
  return readConfiguration(defineConfiguration({}), {
    ...store.database.environment,
    ...store.environment,
    ...environment,
  });
}

/** Milliseconds. */
const drain = 200;

export interface OpenTestSecrets {
  secrets: Secrets;
  lines: string[];
  /** Users of the database's credentials that were announced. */
  announced: string[];
}

/** Secrets as a service opens them. A version is given back a moment after there is another. */
export async function openTestSecrets(
  store: TestedStore,
  environment: Record<string, string> = {},
  options: Partial<OpenOptions> = {},
): Promise<OpenTestSecrets> {
  const { logger, lines } = captureLog();
  const { signal } = new AbortController();
  const secrets = await openSecrets(configurationOf(store, environment), { logger, signal, ...options });
  const announced: string[] = [];
  let previous = secrets.databaseCredentials.current;
  secrets.databaseCredentials.subscribe((next) => {
    announced.push(next.value.username);
    const outgoing = previous;
    previous = next;
    setTimeout(() => void outgoing.release(), drain);
  });
  return { secrets, lines, announced };
}

/** Logs in to Postgres. @returns who it is there */
export async function whoAmI(
  { environment }: TestDatabase,
  { username, password }: { username: string; password: string },
): Promise<string> {
  const {
    DATABASE_HOST: host,
    DATABASE_PORT: port,
    DATABASE_NAME: database,
    DATABASE_CA_FILE: ca,
  } = environment;
  const client = new Client({
    host,
    port: Number(port),
    database,
    user: username,
    password,
    ssl: { ca: await readFile(String(ca), 'utf8') },
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ session_user: string }>('select session_user');
    return rows[0]?.session_user ?? '';
  } finally {
    await client.end();
  }
}

/** Logins that a store has made for the service and not yet dropped. */
export async function issuedRoles(
  { superuser, names }: TestDatabase,
  group = names.runtime,
): Promise<string[]> {
  return asSuperuser(superuser, names.database, async (client) => {
    const text = `select rolname from pg_roles where starts_with(rolname, $1 || '-')`;
    const { rows } = await client.query<{ rolname: string }>(text, [group]);
    return rows.map(({ rolname }) => rolname);
  });
}
