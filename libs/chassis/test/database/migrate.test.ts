import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineConfiguration, readConfiguration } from '@secure-backend/chassis/configuration';
import { migrate, statement } from '@secure-backend/chassis/database';
import { databaseCredentials, MountedSource } from '@secure-backend/chassis/secrets';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenDatabase, prepareDatabase } from './open.test.database.ts';

describe('migrations', () => {
  let directory: string;
  let open: OpenDatabase;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'migrations-'));
    open = await prepareDatabase();
  });
  afterEach(async () => {
    await open.close();
    await rm(directory, { recursive: true });
  });

  const write = (name: string, sql: string) => writeFile(join(directory, name), sql);

  async function run(role = 'db-migrator-credentials') {
    const { environment, secretsDirectory } = open.surroundings;
    const source = await MountedSource.open(join(secretsDirectory, role), databaseCredentials);
    const { value: credentials } = source.current;
    await source.close();
    const configuration = readConfiguration(defineConfiguration({}), environment);
    return migrate({ directory: pathToFileURL(`${directory}/`), configuration, credentials });
  }

  const things = statement<{ name: string }>('select name from things');

  it('apply in order, once, and grant the runtime its rows but not their table', async () => {
    await write('0001-things.sql', 'create table things (name text);');
    await write('0002-more-things.sql', `insert into things values ('first');`);

    await expect(run()).resolves.toEqual(['0001-things', '0002-more-things']);
    await expect(run()).resolves.toEqual([]);
    await open.database.open();
    await expect(open.database.query(things)).resolves.toEqual([{ name: 'first' }]);
    await expect(open.database.query(statement('drop table things'))).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('run once when several start at the same moment', async () => {
    await write('0001-things.sql', 'create table things (name text); select pg_sleep(2.5);');

    const applied = await Promise.all([run(), run(), run()]);
    expect(applied.flat()).toEqual(['0001-things']);
  });

  it('apply all or nothing, and name the file that failed', async () => {
    await write('0001-things.sql', 'create table things (name text);');
    await write('0002-broken.sql', 'create table things (name text);');

    await expect(run()).rejects.toThrow('0002-broken: relation "things" already exists (SQLSTATE 42P07)');
    await open.database.open();
    await expect(open.database.query(things)).rejects.toMatchObject({ code: '42P01' });
  });

  it('quote no data when the data does not fit', async () => {
    await write('0001-things.sql', `select 'canary-4711'::int;`);

    await expect(run()).rejects.toThrow('0001-things: the data does not fit (SQLSTATE 22P02)');
  });

  it('refuse a file that was slipped in before applied ones', async () => {
    await write('0002-things.sql', 'create table things (name text);');
    await run();
    await write('0001-late.sql', 'create table late (name text);');

    await expect(run()).rejects.toThrow(/0001-late/);
  });

  it.each(['things.sql', '1-things.sql', '0001_things.sql', '0001-things.js'])(
    'refuse the name %s',
    async (name) => {
      await write(name, 'select 1;');

      await expect(run()).rejects.toThrow(`${name} in ${directory}/: name migrations like 0001-noun.sql`);
    },
  );

  it('refuse a missing folder and the runtime identity', async () => {
    await mkdir(join(directory, 'never'));
    await expect(run()).rejects.toThrow(/never in .*: name migrations/);
    await rm(join(directory, 'never'), { recursive: true });

    await write('0001-things.sql', 'create table things (name text);');
    await expect(run('db-credentials')).rejects.toThrow(/permission denied/);
  });
});
