import { setTimeout as delay } from 'node:timers/promises';
import { readConfiguration } from '@secure-backend/chassis/configuration';
import { asSuperuser, createTestDatabase, type TestDatabase } from '@secure-backend/local-stack/testing';
import { readMountedSecret } from '@secure-backend/local-stack';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineConfiguration } from '../../src/configuration/index.ts';
import { connectionOptions } from '../../src/database/connection.options.ts';
import { DatabaseClient } from '../../src/database/database.client.ts';
import { SessionPool } from '../../src/database/session.pool.ts';

type Done = (error: Error) => void;
type Connect = (this: DatabaseClient, done: Done) => void;

/** Counts handshakes under way: the most at once. */
function watchHandshakes() {
  const seen = { now: 0, most: 0 };
  const prototype = DatabaseClient.prototype as unknown as { connect: Connect };
  const { connect } = prototype;
  vi.spyOn(prototype, 'connect').mockImplementation(function connecting(this: DatabaseClient, done: Done) {
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    connect.call(this, (error) => {
      seen.now -= 1;
      done(error);
    });
  });
  return seen;
}

describe('warming a pool', () => {
  let surroundings: TestDatabase;
  let pool: SessionPool;
  beforeEach(async () => {
    surroundings = await createTestDatabase('chassis-test');
    pool = await openPool();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await pool.end();
    await surroundings.drop();
  });

  async function openPool(login: { password?: string } = {}) {
    const { environment, secretsDirectory } = surroundings;
    const configuration = readConfiguration(defineConfiguration({}), environment);
    const { username = '', password = '' } =
      (await readMountedSecret(`${secretsDirectory}/db-credentials`)) ?? {};
    const options = await connectionOptions(configuration, { username, password, ...login }, 'chassis-test');
    return new SessionPool({ ...options, max: 4 });
  }

  async function terminateSessions() {
    const { superuser, names } = surroundings;
    const text = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = $1 and application_name = 'chassis-test'`;
    await asSuperuser(superuser, names.database, (client) => client.query(text, [names.database]));
  }

  it('opens all sessions, one handshake at a time', async () => {
    const handshakes = watchHandshakes();
    await pool.warm(Infinity);
    expect(pool.statistics).toEqual({ idle: 4, used: 0, waiting: 0 });
    expect(handshakes.most).toBe(1);
  });

  it('is not how units of work open them', async () => {
    const handshakes = watchHandshakes();
    const sessions = await Promise.all([pool.acquire(), pool.acquire(), pool.acquire()]);
    expect(handshakes.most).toBe(3);
    sessions.forEach((session) => session.release());
  });

  it('takes no session away from units of work when all are open', async () => {
    const sessions = await Promise.all(Array.from({ length: 4 }, () => pool.acquire()));
    await pool.warm(Infinity);
    expect(pool.statistics).toEqual({ idle: 0, used: 4, waiting: 0 });
    sessions.forEach((session) => session.release());
  });

  it('outlives a server that ends the sessions opened so far', async () => {
    const prototype = DatabaseClient.prototype as unknown as { connect: Connect };
    const { connect } = prototype;
    const { promise: second, resolve } = Promise.withResolvers<() => void>();
    let handshakes = 0;
    vi.spyOn(prototype, 'connect').mockImplementation(function connecting(this: DatabaseClient, done: Done) {
      handshakes += 1;
      const goOn = () => connect.call(this, done);
      return handshakes === 2 ? resolve(goOn) : goOn();
    });
    const warming = pool.warm(4);
    const goOn = await second;
    await terminateSessions();
    await expect.poll(() => pool.sessions).toBe(0);
    goOn();
    await warming;

    const session = await pool.acquire();
    await expect(session.query('select 1')).resolves.toMatchObject({ rowCount: 1 });
    session.release();
  });

  it('ends with what there is when Postgres refuses', async () => {
    const refused = await openPool({ password: 'a wrong one' });
    await refused.warm(Infinity);
    expect(refused.sessions).toBe(0);
    await refused.end();
  });

  it('ends without an error while the server ends its sessions too', async () => {
    for (let n = 0; n < 20; n++) {
      const other = await openPool();
      await other.warm(Infinity);
      const terminating = terminateSessions();
      await delay(n);
      await expect(other.end()).resolves.toBeUndefined();
      await terminating;
      expect(other.sessions).toBe(0);
    }
  });
});
