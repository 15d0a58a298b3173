import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import type { PostgresCoordinates } from './postgres.launcher.ts';

/** Runs `work` on one connection of the superuser, with the server's certificate verified, and closes it afterwards. */
export async function asSuperuser<T>(
  postgres: PostgresCoordinates,
  database: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    host: postgres.host,
    port: postgres.port,
    database,
    user: postgres.superuser.username,
    password: postgres.superuser.password,
    ssl: { ca: await readFile(postgres.caFile, 'utf8') },
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
