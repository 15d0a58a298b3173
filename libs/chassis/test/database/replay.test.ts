import { OutcomeUnknown, statement } from '@secure-backend/chassis/database';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRotatingDatabase, read, type RotatingDatabase, write } from './rotating.database.ts';

describe('a unit of work that is stopped', () => {
  let open: RotatingDatabase;
  beforeEach(async () => {
    open = await openRotatingDatabase({ DATABASE_POOL_SIZE: '5' });
  });
  afterEach(() => open.close());

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
});
