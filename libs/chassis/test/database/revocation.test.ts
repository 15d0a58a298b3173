import { OutcomeUnknown, statement } from '@secure-backend/chassis/database';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRotatingDatabase, read, type RotatingDatabase, whoAmI } from './rotating.database.ts';
import { startTraffic } from './traffic.ts';

const sleep = statement('select pg_sleep(0.2)');

describe('a role that is revoked behind our back', () => {
  let open: RotatingDatabase;
  beforeEach(async () => {
    open = await openRotatingDatabase({ DATABASE_POOL_SIZE: '5' });
  });
  afterEach(async () => {
    await open.close();
  });

  /** Until another generation serves. */
  async function rotated(generation: number) {
    await expect.poll(() => open.database.generation, { timeout: 10_000 }).toBeGreaterThan(generation);
  }

  it('fails no unit of work: each is replayed under a new credential (matrix: lease revoked, no terminate)', async () => {
    const { database, source } = open;
    const traffic = startTraffic(database);
    for (let n = 0; n < 5; n++) {
      const { generation } = database;
      const before = traffic.succeeded;
      await expect.poll(() => traffic.succeeded).toBeGreaterThan(before + 100);
      await source.revoke();
      await rotated(generation);
    }
    await traffic.stop();

    expect(traffic.failures).toEqual([]);
    expect(source.replacements).toBe(5);
    await expect(open.metric('db_client_replays_total')).resolves.toBeGreaterThan(0);
  });

  it('passes `select 1` all the while, which is why the session is asked for its user', async () => {
    const { database, source } = open;
    await source.revoke();

    await expect(database.query(statement('select 1'))).resolves.toHaveLength(1);
    expect(database.generation).toBe(1);
    await expect(database.query(read, [1])).resolves.toEqual([{ note: 'note' }]);
    expect(database.generation).toBe(2);
  });

  it('fails only units whose commit was under way when sessions are terminated too, and counts those', async () => {
    const { database, source } = open;
    const traffic = startTraffic(database);
    for (let n = 0; n < 5; n++) {
      const { generation } = database;
      const before = traffic.succeeded;
      await expect.poll(() => traffic.succeeded).toBeGreaterThan(before + 100);
      await source.revoke(undefined, { isTerminating: true });
      await rotated(generation);
    }
    await traffic.stop();

    expect(traffic.failures.filter((error) => !(error instanceof OutcomeUnknown))).toEqual([]);
    await expect(open.metric('db_client_unknown_outcomes_total')).resolves.toBe(traffic.failures.length);
  });

  it('tells a missing grant from a role that is gone', async () => {
    const { database, source } = open;
    await source.superuser('create table secrets_of_others (id int)');

    await expect(database.query(statement('select * from secrets_of_others'))).rejects.toMatchObject({
      code: '42501',
    });
    expect(source.replacements).toBe(0);
    expect(database.generation).toBe(1);
  });

  it('asks the source once for all units that notice at the same time', async () => {
    const { database, source } = open;
    await source.revoke();
    const users = await Promise.all(
      Array.from({ length: 30 }, async () => {
        await database.query(read, [1]);
        return database.query(whoAmI);
      }),
    );

    expect(source.replacements).toBe(1);
    expect(new Set(users.flat().map(({ user }) => user))).toEqual(new Set([source.current.value.username]));
  });

  it('does not disturb work that runs when only the session is terminated', async () => {
    const { database, source } = open;
    const sleeping = database.query(sleep);
    await source.superuser(
      `select pg_terminate_backend(pid) from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'`,
    );

    await expect(sleeping).resolves.toHaveLength(1);
    expect(source.replacements).toBe(0);
  });
});
