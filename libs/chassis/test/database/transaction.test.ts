import { setTimeout as delay } from 'node:timers/promises';
import { statement } from '@secure-backend/chassis/database';
import { asSuperuser } from '@secure-backend/local-stack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenDatabase, prepareDatabase } from './open.test.database.ts';

const one = statement<{ one: number }>('select 1 as one');
const insert = statement('insert into things (name) values ($1)');
const count = statement<{ count: string }>('select count(*) from things where name = $1');

describe('a transaction', () => {
  let open: OpenDatabase;
  beforeAll(async () => {
    open = await prepareDatabase({
      DATABASE_POOL_SIZE: '2',
      DATABASE_LOCK_TIMEOUT_MS: '200',
      DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS: '200',
    });
    const { superuser, names } = open.surroundings;
    await asSuperuser(superuser, names.database, async (client) => {
      await client.query(`create table things (name text primary key)`);
      await client.query(`grant select, insert on things to ${names.runtime}`);
    });
    await open.database.open();
  });
  afterAll(() => open.close());

  const rows = (name: string) => open.database.query(count, [name]).then(([row]) => row?.count);

  it('fails when a statement in it failed, even if its work went on', async () => {
    const spoiled = open.database.transaction(async (unit) => {
      await unit.query(insert, ['first']);
      await unit.query(insert, ['first']).catch(() => 'never mind');
      return 'done';
    });

    await expect(spoiled).rejects.toMatchObject({ code: '23505' });
    await expect(rows('first')).resolves.toBe('0');
  });

  it('gives up waiting for a lock, and the pool serves on', async () => {
    const locked = Promise.withResolvers<void>();
    const holder = open.database.transaction(async (unit) => {
      await unit.query(insert, ['wanted']);
      locked.resolve();
      await delay(150);
      await unit.query(one);
      await delay(150);
      await unit.query(one);
    });
    await locked.promise;

    await expect(open.database.query(insert, ['wanted'])).rejects.toMatchObject({ code: '55P03' });
    await holder;
    await expect(rows('wanted')).resolves.toBe('1');
  });

  it('is ended by Postgres when it idles, and the pool serves on', async () => {
    const idling = open.database.transaction(async (unit) => {
      await unit.query(insert, ['forgotten']);
      await delay(600);
      await unit.query(one);
    });

    await expect(idling).rejects.toMatchObject({ name: 'DatabaseUnavailable' });
    await expect(rows('forgotten')).resolves.toBe('0');
  });

  it('reads dates alike, whatever style the database prefers', async () => {
    const { superuser, names } = open.surroundings;
    await asSuperuser(superuser, names.database, (client) =>
      client.query(`alter database ${names.database} set datestyle = 'SQL, DMY'`),
    );
    const fresh = await prepareDatabase({}, open.surroundings);
    await fresh.database.open();
    const times = statement(`select date '2026-03-29' as day, timestamptz '2026-03-29 00:30:00Z' as moment`);

    await expect(fresh.database.query(times)).resolves.toEqual([
      { day: '2026-03-29', moment: '2026-03-29T00:30:00.000Z' },
    ]);
    await fresh.database.close();
  });
});
