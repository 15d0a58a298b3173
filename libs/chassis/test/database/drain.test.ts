import { OutcomeUnknown, statement } from '@secure-backend/chassis/database';
import {
  createTestDatabase,
  openThrowawayPostgres,
  type ThrowawayPostgres,
} from '@secure-backend/local-stack/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRotatingDatabase, read, type RotatingDatabase, whoAmI } from './rotating.database.ts';

const held = statement('select pg_sleep(0.05)');

describe('a transaction that is longer than its drain', () => {
  let open: RotatingDatabase;
  beforeEach(async () => {
    open = await openRotatingDatabase({ DATABASE_POOL_SIZE: '2', DATABASE_DRAIN_TIMEOUT_MS: '300' });
  });
  afterEach(() => open.close());

  it('is waited for, then cut off and counted; the pool is intact (matrix: transaction longer than drain)', async () => {
    const { database, source } = open;
    const sleep = statement('select pg_sleep(4)');
    const stuck = database.transaction((unit) => unit.query(sleep)).catch((error: unknown) => error);
    // Three more than the pool has sessions, so that some wait behind it.
    const behind = Array.from({ length: 5 }, () => database.query(held));
    await source.rotate();

    expect(await stuck).toMatchObject({ name: 'DatabaseUnavailable' });
    await Promise.all(behind);
    await expect.poll(() => open.metric('db_client_forced_closes_total')).toBe(1);
    await expect.poll(() => source.roles()).toEqual([source.current.value.username]);
    await expect(database.query(read, [1])).resolves.toHaveLength(1);
  });

  it('runs no function twice that changes something, when its statement says so', async () => {
    const { database, source } = open;
    await source.superuser(`create function pay() returns void language sql
      as $$ insert into things values (4711, 'paid') $$`);
    // The server may have committed when the connection is cut, and nobody can tell.
    const pay = statement('select pay(), pg_sleep(1)', { isRead: false });
    const paying = database.query(pay).catch((error: unknown) => error);
    await source.rotate();

    expect(await paying).toBeInstanceOf(OutcomeUnknown);
    await expect(open.metric('db_client_replays_total')).resolves.toBe(0);
  });

  it('is given up by Postgres too, so that its session does not count beyond the two pools', async () => {
    const { database, source } = open;
    const { username } = source.current.value;
    const sleep = statement('select pg_sleep(4.5)');
    const stuck = database.transaction((unit) => unit.query(sleep)).catch((error: unknown) => error);
    await source.rotate();
    expect(await stuck).toMatchObject({ name: 'DatabaseUnavailable' });

    // Far less than the statement would take; the role itself is gone by then.
    await expect
      .poll(async () => (await source.sessions()).get(username), { timeout: 2_500 })
      .toBeUndefined();
    const active = `select pid from pg_stat_activity where query like 'select pg_sleep(4.5)%' and state = 'active'`;
    await expect.poll(() => source.rows(active), { timeout: 2_500 }).toEqual([]);
  });

  it('keeps nobody waiting when the role that serves meanwhile is revoked', async () => {
    const slow = await openRotatingDatabase({
      DATABASE_POOL_SIZE: '2',
      DATABASE_DRAIN_TIMEOUT_MS: '20000',
      DATABASE_CONNECT_TIMEOUT_MS: '2000',
    });
    const { database, source } = slow;
    const draining = database.query(statement('select pg_sleep(4)'));
    await source.rotate();
    await expect.poll(() => database.generation).toBe(2);
    await source.revoke();

    await expect(database.query(read, [1])).resolves.toHaveLength(1);
    expect(database.generation).toBe(3);
    const sessions = [...(await source.sessions()).values()].reduce((sum, count) => sum + count, 0);
    expect(sessions).toBeLessThanOrEqual(4);
    await expect(draining).resolves.toHaveLength(1);
    await expect.poll(() => source.roles()).toEqual([source.current.value.username]);
    await slow.close();
  });

  it('holds up no further rotation, though its code may wait for something else for ever', async () => {
    const { database, source } = open;
    const never = Promise.withResolvers<void>();
    const stuck = database
      .transaction(async (unit) => {
        await unit.query(read, [1]);
        await never.promise;
        await unit.query(read, [1]);
      })
      .catch((error: unknown) => error);
    for (const generation of [2, 3]) {
      await source.rotate();
      await expect.poll(() => database.generation, { timeout: 10_000 }).toBe(generation);
    }
    await expect.poll(() => source.roles()).toEqual([source.current.value.username]);

    never.resolve();
    expect(await stuck).toMatchObject({ name: 'DatabaseUnavailable' });
  });
});

describe('Postgres that is down while a credential changes', () => {
  let postgres: ThrowawayPostgres;
  beforeAll(async () => {
    postgres = await openThrowawayPostgres();
  });
  afterAll(() => postgres.remove());

  it('keeps the old generation, takes the new credential when it is back, and leaves no orphan (matrix: Postgres down at rotation)', async () => {
    const surroundings = await createTestDatabase('chassis-test', postgres.coordinates);
    const open = await openRotatingDatabase({ DATABASE_CONNECT_TIMEOUT_MS: '500' }, surroundings);
    const { database, source } = open;
    const next = await source.issue();
    await postgres.stop('immediate');
    source.announce(next);
    await expect.poll(() => open.log()).toContain('new database credential refused');
    expect(database.generation).toBe(1);
    expect(source.replacements).toBe(0);
    await postgres.start();
    await expect.poll(() => database.generation, { timeout: 20_000 }).toBe(2);

    await expect(database.query(whoAmI)).resolves.toEqual([{ user: next.value.username }]);
    await expect.poll(() => source.roles()).toEqual([next.value.username]);
    await open.close();
    await expect(source.roles()).resolves.toEqual([]);
    await surroundings.drop();
  });
});
