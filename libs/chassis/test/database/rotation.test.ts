import { statement } from '@secure-backend/chassis/database';
import { Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRotatingDatabase, type RotatingDatabase, whoAmI } from './rotating.database.ts';
import { startTraffic } from './traffic.ts';

const poolSize = 5;
const slow = statement<{ user: string }>('select session_user as user, pg_sleep(0.3)');

describe('a rotation', () => {
  let open: RotatingDatabase;
  beforeEach(async () => {
    open = await openRotatingDatabase({ DATABASE_POOL_SIZE: String(poolSize) });
  });
  afterEach(() => open.close());

  async function served(generation: number) {
    await expect.poll(() => open.database.generation, { timeout: 10_000 }).toBe(generation);
  }

  it('fails no unit of work of a saturated pool and strands no waiter (matrix: pool saturated at swap)', async () => {
    const { database, source } = open;
    const traffic = startTraffic(database, 40);
    for (let generation = 2; generation <= 11; generation++) {
      const before = traffic.succeeded;
      await expect.poll(() => traffic.succeeded, { timeout: 10_000 }).toBeGreaterThan(before + 50);
      await source.rotate();
      await served(generation);
    }
    await traffic.stop();

    expect(traffic.failures).toEqual([]);
    expect(database.statistics.waiting).toBe(0);
    await expect.poll(() => source.roles()).toEqual([source.current.value.username]);
    await expect(open.metric('db_client_replays_total')).resolves.toBe(0);
  });

  it('fails units of work where a pool is swapped and ended at once, so the counts above can fail', async () => {
    const { source } = open;
    const {
      DATABASE_HOST: host,
      DATABASE_PORT: port,
      DATABASE_NAME: database,
    } = source.surroundings.environment;
    const newPool = () => {
      const { username: user, password } = source.current.value;
      const ssl = { rejectUnauthorized: false };
      const options = { host, port: Number(port), database, user, password, ssl, max: poolSize };
      return new Pool({ ...options, connectionTimeoutMillis: 500 }).on('error', () => undefined);
    };
    let pool = newPool();
    const units = Array.from({ length: 40 }, () => pool.query('select pg_sleep(0.1)').catch(() => 'failed'));
    await source.rotate();
    const previous = pool;
    pool = newPool();
    await previous.end();
    const outcomes = await Promise.all(units);
    await pool.end();

    expect(outcomes.filter((outcome) => outcome === 'failed').length).toBeGreaterThan(10);
  });

  it('lets units that wait finish on the generation where they began', async () => {
    const { database, source } = open;
    const { username: first } = source.current.value;
    const bound = Array.from({ length: 12 }, () => database.query(slow));
    await source.rotate();
    await served(2);

    await expect(database.query(whoAmI)).resolves.toEqual([{ user: source.current.value.username }]);
    const users = (await Promise.all(bound)).flat().map(({ user }) => user);
    expect(users).toEqual(Array.from({ length: 12 }, () => first));
  });

  it('never has more than two pools of sessions, however fast credentials change', async () => {
    const { database, source } = open;
    const traffic = startTraffic(database, 40);
    let most = 0;
    for (let n = 0; n < 10; n++) {
      await source.rotate();
      const sessions = await source.sessions();
      most = Math.max(
        most,
        [...sessions.values()].reduce((sum, count) => sum + count, 0),
      );
    }
    await expect
      .poll(async () => (await database.query(whoAmI))[0]?.user, { timeout: 10_000 })
      .toBe(source.current.value.username);
    await traffic.stop();

    expect(traffic.failures).toEqual([]);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(2 * poolSize);
    await expect.poll(() => source.roles()).toEqual([source.current.value.username]);
  });

  it('opens as many sessions as there were before, so that the new generation is no cold start', async () => {
    const { database, source } = open;
    await Promise.all(Array.from({ length: poolSize }, () => database.query(slow)));
    await source.rotate();
    await served(2);

    expect((await source.sessions()).get(source.current.value.username)).toBe(poolSize);
  });

  it('writes one event per transition, in order', async () => {
    const { source } = open;
    await source.rotate();
    await expect.poll(() => open.log()).toContain('REVOKED');
    const states = open
      .log()
      .split('\n')
      .filter((line) => line.includes('database generation changed'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .map((line) => `${String(line['database.generation'])} ${String(line['database.generation.state'])}`);

    expect(states).toEqual(['1 CURRENT', '2 CURRENT', '1 DRAINING', '1 CLOSED', '1 REVOKED']);
  });

  it('ends with nothing left when the service stops in the middle of it (matrix: SIGTERM mid-rotation)', async () => {
    const { database, source } = open;
    const traffic = startTraffic(database, 10);
    await expect.poll(() => traffic.succeeded).toBeGreaterThan(20);
    await source.rotate();
    await source.rotate();
    await traffic.stop();
    await database.close();

    await expect(source.roles()).resolves.toEqual([]);
    expect([...(await source.sessions()).keys()]).toEqual([]);
  });
});
