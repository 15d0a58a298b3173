import { statement } from '@secure-backend/chassis/database';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRotatingDatabase, read, type RotatingDatabase, write } from './rotating.database.ts';

const held = statement('select pg_sleep(0.05)');
const count = statement<{ count: number }>('select count(*)::int as count from things where id = $1');

describe('a unit of work whose session is lost', () => {
  let open: RotatingDatabase;
  beforeEach(async () => {
    open = await openRotatingDatabase({ DATABASE_POOL_SIZE: '5' });
  });
  afterEach(() => open.close());

  const terminateSessions = () =>
    open.source.superuser(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = '${open.source.surroundings.names.database}' and application_name = 'chassis-test'`);

  /** All sessions, and the service has heard of it. */
  async function lost() {
    await Promise.all(Array.from({ length: 4 }, () => open.database.query(held)));
    await terminateSessions();
    await expect.poll(() => open.database.statistics.idle).toBe(0);
  }

  it('begins again when its session was lost before the commit was sent: that outcome is known', async () => {
    const { database } = open;
    let runs = 0;
    await database.transaction(
      async (unit) => {
        runs += 1;
        await unit.query(write, [1000 + runs, 'once']);
        await (runs === 1 && lost());
      },
      { isReplayable: true },
    );

    expect(runs).toBe(2);
    await expect(database.query(count, [1001])).resolves.toEqual([{ count: 0 }]);
    await expect(database.query(count, [1002])).resolves.toEqual([{ count: 1 }]);
    await expect(open.metric('db_client_unknown_outcomes_total')).resolves.toBe(0);
  });

  it('meets other sessions that are lost too, and as a single statement does not fail of it', async () => {
    const { database } = open;
    const failures: unknown[] = [];
    for (let n = 0; n < 20; n++) {
      await Promise.all(Array.from({ length: 5 }, () => database.query(held)));
      const stopped = new AbortController();
      const worker = async () => {
        while (!stopped.signal.aborted) {
          await database.query(read, [1]).catch((error: unknown) => failures.push(error));
        }
      };
      const working = Promise.all([worker(), worker()]);
      await terminateSessions();
      stopped.abort();
      await working;
    }

    expect(failures).toEqual([]);
    await expect(open.metric('db_client_replays_total')).resolves.toBeGreaterThan(0);
  });

  it('does not take its role for gone when the session is lost while it is asked', async () => {
    const { database, source } = open;
    let runs = 0;
    const outcome = database.transaction(
      async (unit) => {
        runs += 1;
        await unit.query(statement('select from no_such_table')).finally(() => {
          // Between the two looks at the role.
          setTimeout(() => void terminateSessions(), 30);
        });
      },
      { isReplayable: true },
    );

    await expect(outcome).rejects.toBeDefined();
    expect(runs).toBeGreaterThan(0);
    expect([source.replacements, database.generation]).toEqual([0, 1]);
    await expect(database.query(read, [1])).resolves.toHaveLength(1);
  });
});
