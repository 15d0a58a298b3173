import { readFile } from 'node:fs/promises';
import {
  createTestDatabase,
  openThrowawayPostgres,
  type TestDatabase,
} from '@secure-backend/local-stack/testing';
import { Pool, type PoolConfig } from 'pg';
import { schema } from './item.statements.ts';

/** A throw-away Postgres with one service's database and the load's tables in it. */
export interface BenchPostgres {
  service: TestDatabase;
  /** How anybody connects, without saying who. */
  connection: PoolConfig;
  /** One statement of the superuser's. */
  query: <Row>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;
  /** Takes it down and removes all it had. */
  remove: () => Promise<void>;
}

export async function openBenchPostgres(): Promise<BenchPostgres> {
  const postgres = await openThrowawayPostgres();
  try {
    const { host, port, caFile, superuser } = postgres.coordinates;
    const service = await createTestDatabase('bench', postgres.coordinates);
    const ssl = { ca: await readFile(caFile, 'utf8') };
    // Not empty, because the driver would then take PGOPTIONS.
    const connection = { host, port, ssl, database: service.names.database, options: '-c DateStyle=ISO' };
    const { username: user, password } = superuser;
    const pool = new Pool({ ...connection, user, password, max: 2, idleTimeoutMillis: 0 });
    // Statements fail by themselves; an idle session that breaks needs a listener.
    pool.on('error', () => undefined);
    await pool.query(`set role ${service.names.owner}; ${schema}; reset role`);
    return {
      service,
      connection,
      query: async (sql, values = []) => (await pool.query(sql, [...values])).rows,
      remove: async () => {
        await pool.end();
        await postgres.remove();
      },
    };
  } catch (error) {
    await postgres.remove();
    throw error;
  }
}
