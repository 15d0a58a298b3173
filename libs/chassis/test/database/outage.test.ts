import { setTimeout as delay } from 'node:timers/promises';
import { statement } from '@secure-backend/chassis/database';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/timing/index.ts';
import { openRotatingDatabase, read, type RotatingDatabase, whoAmI } from './rotating.database.ts';
import { startTraffic } from './traffic.ts';

const poolSize = 4;
const held = statement('select pg_sleep(0.05)');

describe('a credential that nobody can renew', () => {
  let open: RotatingDatabase;
  beforeEach(async () => {
    open = await openRotatingDatabase({
      DATABASE_POOL_SIZE: String(poolSize),
      DATABASE_CONNECT_TIMEOUT_MS: '5000',
    });
    open.source.onReplace = async () => undefined;
  });
  afterEach(() => open.close());

  const expire = () =>
    open.source.superuser(`alter role ${open.source.current.value.username} valid until '2020-01-01'`);
  const sessions = async () => (await open.source.sessions()).get(open.source.current.value.username) ?? 0;
  async function served(generation: number) {
    await expect.poll(() => open.database.generation, { timeout: 10_000 }).toBe(generation);
  }

  it('opens all its sessions while it can (DEGRADED), and serves on them past its end (matrix: sealed past expiry)', async () => {
    const { database, source } = open;
    source.state = 'DEGRADED';
    await database.query(read, [1]);
    await expect.poll(sessions).toBe(poolSize);
    await expire();
    source.state = 'STALE';
    const traffic = startTraffic(database, 30);
    await delay(1_000);
    await traffic.stop();

    expect(traffic.failures).toEqual([]);
    expect(await sessions()).toBe(poolSize);
  });

  it('opens them again when a second outage begins, after some were lost in between', async () => {
    const { database, source } = open;
    source.state = 'DEGRADED';
    await database.query(read, [1]);
    await expect.poll(sessions).toBe(poolSize);
    source.state = 'ACTIVE';
    await source.superuser(`select pg_terminate_backend(pid) from pg_stat_activity
      where usename = '${source.current.value.username}'`);
    await database.query(read, [1]);
    expect(await sessions()).toBeLessThan(poolSize);
    source.state = 'DEGRADED';
    await database.query(read, [1]);

    await expect.poll(sessions).toBe(poolSize);
  });

  it('keeps nobody waiting who closes, however long the store takes (matrix: SIGTERM mid-rotation)', async () => {
    const { database, source } = open;
    const asked = Promise.withResolvers<void>();
    source.onReplace = () => {
      asked.resolve();
      return new Promise(() => undefined);
    };
    await source.revoke();
    const unit = database.query(read, [1]).catch((error: unknown) => error);
    await asked.promise;
    await database.close();

    expect(await unit).toMatchObject({ name: 'DatabaseUnavailable' });
    expect([...(await source.sessions()).keys()]).toEqual([]);
  });

  it('makes waiters queue for the sessions that work instead of failing at the door', async () => {
    const { database } = open;
    await database.query(read, [1]);
    await expire();
    // Each would like a session of its own, and only one is to be had.
    const units = await Promise.all(Array.from({ length: 12 }, () => database.query(held)));

    expect(units).toHaveLength(12);
    expect(await sessions()).toBe(1);
    expect(database.problem).toContain('Postgres refuses the credential');
  });

  it('does not even try new sessions once its time is up by our own clock (matrix: clock jump)', async () => {
    const { database, source } = open;
    const { username } = source.current.value;
    await source.rotate({ expiresAt: systemClock.now() + 700 });
    await served(2);
    await delay(800);
    await Promise.all(Array.from({ length: 12 }, () => database.query(held)));

    // Postgres would still have taken it: nobody told it that the role has expired.
    expect(await sessions()).toBe(1);
    expect(source.current.value.username).not.toBe(username);
  });

  it('says so honestly when its last session is lost', async () => {
    const { database, source } = open;
    await expire();
    await source.superuser(`select pg_terminate_backend(pid) from pg_stat_activity
      where usename = '${source.current.value.username}'`);
    await expect.poll(sessions).toBe(0);
    const outcome = await database.query(read, [1]).catch((error: unknown) => error);

    expect(outcome).toMatchObject({ name: 'DatabaseUnavailable', code: '28P01' });
  });

  it('is left as soon as there is a new one', async () => {
    const { database, source } = open;
    await database.query(read, [1]);
    await expire();
    await Promise.all(Array.from({ length: 12 }, () => database.query(held)));
    await source.rotate();
    await served(2);

    await expect(database.query(whoAmI)).resolves.toEqual([{ user: source.current.value.username }]);
    expect(database.problem).toBeUndefined();
  });

  it('is tried again when its password was mended in Postgres, without a new version', async () => {
    const { database, source } = open;
    const { username } = source.current.value;
    await database.query(read, [1]);
    await expire();
    await Promise.all(Array.from({ length: 12 }, () => database.query(held)));
    expect(database.problem).toBeDefined();
    await source.superuser(`alter role ${username} valid until 'infinity'`);
    await expect.poll(() => database.generation, { timeout: 20_000 }).toBe(2);

    await Promise.all(Array.from({ length: 12 }, () => database.query(held)));
    expect(await source.roles()).toEqual([username]);
  });
});
