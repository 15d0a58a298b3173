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
    // Not empty, because the driver would then take PGOPTIONS.
    options: '-c DateStyle=ISO',
    ssl: { ca: await readFile(postgres.caFile, 'utf8') },
  });
  // A session that breaks fails its statement; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
