import type { PoolClient, Pool } from 'pg';
import type { LoadSubject } from '../load/saturating.load.ts';
import { bookChange, changeItem, readItem } from '../surroundings/item.statements.ts';

/** The load on a bare pool of the driver, as it is usually used. */
export function naiveSubject(pool: () => Pool): LoadSubject {
  return {
    read: async (item) => {
      const { rows } = await pool().query<{ id: number }>({ ...readItem, values: [item] });
      if (rows[0]?.id !== item) throw new Error('a wrong answer');
    },
    write: async (item, unit) => {
      const client = await pool().connect();
      let failure: Error | undefined;
      try {
        await change(client, item, unit);
      } catch (error) {
        failure = error as Error;
        throw error;
      } finally {
        client.release(failure);
      }
    },
  };
}

async function change(client: PoolClient, item: number, unit: number): Promise<void> {
  await client.query('begin');
  await client.query({ ...changeItem, values: [item] });
  await client.query({ ...bookChange, values: [unit, item] });
  await client.query('commit');
}
