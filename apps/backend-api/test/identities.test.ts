import { applyMigrations, openTestSession, type TestSession } from '@secure-backend/chassis/testing';
import { createTestDatabase, type TestDatabase } from '@secure-backend/local-stack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendApi } from '../src/service.ts';

const insufficientPrivilege = { code: '42501' };

describe('in the database', () => {
  let database: TestDatabase;
  let runtime: TestSession;
  let migrator: TestSession;

  beforeAll(async () => {
    database = await createTestDatabase('test-service');
    await applyMigrations(backendApi, database);
    runtime = await openTestSession(backendApi, database, 'db-credentials');
    migrator = await openTestSession(backendApi, database, 'db-migrator-credentials');
  });
  afterAll(async () => {
    await runtime.close();
    await migrator.close();
    await database.drop();
  });

  it('the service reads and writes its own table', async () => {
    await runtime.query(`insert into work_items (title, status) values ('A title', 'open')`);
    await runtime.query(`update work_items set title = 'Another'`);
    expect(await runtime.query('select title from work_items')).toEqual([{ title: 'Another' }]);
    await runtime.query('delete from work_items');
  });

  it.each([
    'create table planted (id int)',
    'create table migrations.planted (id int)',
    'create temporary table planted (id int)',
    'create schema planted',
    'create view planted as select 1',
    'create function planted() returns int language sql as $$ select 1 $$',
    'create index planted on work_items (title)',
    'create extension pg_stat_statements',
    'alter table work_items add column planted int',
    'alter table work_items disable trigger all',
    'alter table work_items owner to current_user',
    'drop table work_items',
    'truncate work_items',
    'select * from migrations.applied',
    'delete from migrations.applied',
    'select passwd from pg_shadow',
    `select pg_read_file('/etc/passwd')`,
    `copy work_items to program 'id'`,
    'create role planted',
    'alter role current_user createrole',
    'alter role current_user superuser',
  ])('the service can’t: %s', async (sql) => {
    await expect(runtime.query(sql)).rejects.toMatchObject(insufficientPrivilege);
  });

  it('the service can’t become anybody else', async () => {
    for (const role of [
      database.names.owner,
      database.names.migrator,
      database.superuser.superuser.username,
    ]) {
      await expect(runtime.query(`set role "${role}"`)).rejects.toMatchObject(insufficientPrivilege);
      await expect(runtime.query(`set session authorization "${role}"`)).rejects.toMatchObject(
        insufficientPrivilege,
      );
    }
  });

  it('the migrator can change the schema, so what is refused above could be done', async () => {
    await migrator.query('create table planted (id int)');
    await migrator.query('alter table planted add column planted int');
    await migrator.query('create index planted_ids on planted (id)');
    await migrator.query('truncate planted');
    await migrator.query('drop table planted');
    expect(await migrator.query('select name from migrations.applied')).not.toEqual([]);
  });
});
