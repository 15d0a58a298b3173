import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import type { PostgresCoordinates } from '../src/postgres/index.ts';

/**
 * Runs statements as one login and returns the rows of the last one.
 *
 * @param credentials an answer of Vault, whose `data` is the login
 */
export async function queryAs(
  { host, port, caFile }: PostgresCoordinates,
  database: string,
  credentials: unknown,
  sql: string,
): Promise<unknown[]> {
  const { data } = credentials as { data: { username: string; password: string } };
  const ssl = { ca: await readFile(caFile, 'utf8') };
  const client = new Client({ host, port, database, user: data.username, password: data.password, ssl });
  await client.connect();
  try {
    return [await client.query(sql)].flat().at(-1)?.rows ?? [];
  } finally {
    await client.end();
  }
}
