import { OutcomeUnknown, statement } from '@secure-backend/chassis/database';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRotatingDatabase, read, type RotatingDatabase, write } from './rotating.database.ts';

const held = statement('select pg_sleep(0.05)');
const count = statement<{ count: number }>('select count(*)::int as count from things where id = $1');

describe('a unit of work that is stopped', () => {
  let open: RotatingDatabase;
  beforeEach(async () => {
    open = await openRotatingDatabase({ DATABASE_POOL_SIZE: '5' });
  });
  afterEach(() => open.close());

  const terminateSessions = () =>
    open.source.superuser(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = '${open.source.surroundings.names.database}' and application_name = 'chassis-test'`);

  it('is replayed as a transaction only when it said that it may run twice', async () => {
    const { database, source } = open;
    await source.revoke();
    let runs = 0;
    const transaction = (isReplayable: boolean) =>
      database.transaction(
        async (unit) => {
          runs += 1;
          await unit.query(write, [1000 + runs, 'once']);
        },
        { isReplayable },
      );

    await expect(transaction(false)).rejects.toMatchObject({ name: 'DatabaseUnavailable' });
    expect(runs).toBe(1);
    await expect.poll(() => open.database.generation, { timeout: 10_000 }).toBe(2);
    await source.revoke();
    await transaction(true);
    expect(runs).toBe(3);
  });

  it('is replayed once: one that is turned away again fails', async () => {
    const { database, source } = open;
    let runs = 0;
    const unlucky = database.transaction(
      async (unit) => {
        runs += 1;
        await source.revoke();
        await unit.query(read, [1]);
      },
      { isReplayable: true },
    );

    await expect(unlucky).rejects.toMatchObject({ name: 'DatabaseUnavailable' });
    expect(runs).toBe(2);
  });

  it('has an unknown outcome when its session is lost during the commit, and is never replayed', async () => {
    const { database, source } = open;
    // The commit waits for this trigger, so that the termination finds it under way.
    await source.superuser(`create function wait_at_commit() returns trigger language plpgsql as
        $$ begin perform pg_sleep(5); return null; end $$;
      create constraint trigger slow_commit after insert on things deferrable initially deferred
        for each row execute function wait_at_commit()`);
    let runs = 0;
    const committing = database
      .transaction(
        async (unit) => {
          runs += 1;
          await unit.query(write, [4711, 'maybe']);
        },
        { isReplayable: true },
      )
      .catch((error: unknown) => error);
    await expect
      .poll(async () => {
        const [row] = await database.query(
          statement<{ waiting: boolean }>(`select exists(select from pg_stat_activity
            where query = 'commit' and state = 'active' and pid <> pg_backend_pid()) as waiting`),
        );
        return row?.waiting;
      })
      .toBe(true);
    await source.superuser(
      `select pg_terminate_backend(pid) from pg_stat_activity where query = 'commit' and state = 'active'`,
    );

    expect(await committing).toBeInstanceOf(OutcomeUnknown);
    expect(runs).toBe(1);
    await expect(open.metric('db_client_unknown_outcomes_total')).resolves.toBe(1);
  });

  it('begins again when its session was lost before the commit was sent: that outcome is known', async () => {
    const { database } = open;
    let runs = 0;
    await database.transaction(
      async (unit) => {
        runs += 1;
        await unit.query(write, [1000 + runs, 'once']);
        if (runs === 1) {
          await terminateSessions();
          await expect.poll(() => database.statistics.idle).toBe(0);
        }
      },
      { isReplayable: true },
    );

    expect(runs).toBe(2);
    await expect(database.query(count, [1001])).resolves.toEqual([{ count: 0 }]);
    await expect(database.query(count, [1002])).resolves.toEqual([{ count: 1 }]);
    await expect(open.metric('db_client_unknown_outcomes_total')).resolves.toBe(0);
  });

  it('as a single statement meets several sessions that are lost at once, and does not fail of it', async () => {
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
