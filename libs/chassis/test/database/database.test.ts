import { DatabaseUnavailable, statement, type UnitOfWork } from '@secure-backend/chassis/database';
import { asSuperuser } from '@secure-backend/local-stack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenDatabase, prepareDatabase } from './open.test.database.ts';

const one = statement<{ one: number }>('select 1 as one');
const sleep = statement('select pg_sleep($1)');
const insert = statement('insert into things (name) values ($1)');
const count = statement<{ count: string }>('select count(*) from things where name = $1');

describe('the database', () => {
  let open: OpenDatabase;
  beforeAll(async () => {
    open = await prepareDatabase({ DATABASE_POOL_SIZE: '2', DATABASE_STATEMENT_TIMEOUT_MS: '300' });
    const { superuser, names } = open.surroundings;
    await asSuperuser(superuser, names.database, async (client) => {
      await client.query(`create table things (name text primary key)`);
      await client.query(`grant select, insert on things to ${names.runtime}`);
    });
    await open.database.open();
  });
  afterAll(() => open.close());

  it('answers queries with rows', async () => {
    await expect(open.database.query(one)).resolves.toEqual([{ one: 1 }]);
  });

  it('gives dates as dates and points in time in UTC, wherever the process is', async () => {
    const times = statement(
      `select date '2026-03-29' as day, timestamptz '2026-03-29 02:30:00.5+02' as moment`,
    );

    await expect(open.database.query(times)).resolves.toEqual([
      { day: '2026-03-29', moment: '2026-03-29T00:30:00.500Z' },
    ]);
  });

  it('gives points in time of every year that can be written, and none otherwise than it is', async () => {
    const moments = ['0001-01-01T00:00:00.000Z', '0050-06-01T12:30:00.120Z', '0099-12-31T23:59:59.999Z'];
    const texts = [...moments, '0100-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'];
    for (const text of texts) {
      const time = statement(`select $1::timestamptz (3) as moment`);
      await expect(open.database.query(time, [text])).resolves.toEqual([{ moment: text }]);
    }
  });

  it('prepares a statement once per session, under a name made from its text', async () => {
    const mine = statement<{ calls: string }>(
      `select count(*) as calls from pg_prepared_statements where statement like '%pg_prepared_statements%'`,
    );
    await Promise.all([open.database.query(mine), open.database.query(mine)]);

    await expect(open.database.query(mine)).resolves.toEqual([{ calls: '1' }]);
    expect(statement('select 2').name).not.toBe(statement('select 3').name);
  });

  it('commits a transaction that resolves and rolls back one that throws', async () => {
    await open.database.transaction((unit) => unit.query(insert, ['kept']));
    const failing = open.database.transaction(async (unit) => {
      await unit.query(insert, ['lost']);
      throw new Error('changed my mind');
    });

    await expect(failing).rejects.toThrow('changed my mind');
    await expect(open.database.query(count, ['kept'])).resolves.toEqual([{ count: '1' }]);
    await expect(open.database.query(count, ['lost'])).resolves.toEqual([{ count: '0' }]);
  });

  it('keeps its session after an error of the statement', async () => {
    await open.database.transaction((unit) => unit.query(insert, ['twice']));
    const pid = statement<{ pid: number }>('select pg_backend_pid() as pid');
    const before = await Promise.all([open.database.query(pid), open.database.query(pid)]);

    await expect(open.database.query(insert, ['twice'])).rejects.toMatchObject({ code: '23505' });
    const known = before.flat().map((row) => row.pid);
    expect(known).toContain((await open.database.query(pid))[0]?.pid);
  });

  it('refuses a statement after its unit of work has ended', async () => {
    let leaked: UnitOfWork | undefined;
    await open.database.transaction(async (unit) => {
      leaked = unit;
    });

    await expect(leaked?.query(one)).rejects.toThrow(/after its unit of work had ended/);
  });

  it('ends a statement that takes too long, and serves on', async () => {
    await expect(open.database.query(sleep, [5])).rejects.toMatchObject({
      name: 'DatabaseUnavailable',
      code: '57014',
    });
    await expect(open.database.query(one)).resolves.toEqual([{ one: 1 }]);
  });

  it('survives the end of its sessions, checked out or idle', async () => {
    const { superuser, names } = open.surroundings;
    const terminate = () =>
      asSuperuser(superuser, 'postgres', (client) =>
        client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
          names.database,
        ]),
      );
    // In a transaction, which is not replayed unless it says so.
    const running = open.database
      .transaction((unit) => unit.query(sleep, [0.25]))
      .catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await terminate();
    expect(await running).toBeInstanceOf(DatabaseUnavailable);
    await terminate();

    await expect(open.database.query(one)).resolves.toEqual([{ one: 1 }]);
  });

  it('passes a programming error on instead of calling it an outage', async () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;

    await expect(open.database.query(sleep, [circular])).rejects.toBeInstanceOf(TypeError);
    await expect(open.database.query(one)).resolves.toEqual([{ one: 1 }]);
  });
});
