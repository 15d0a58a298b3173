import { statement } from '@secure-backend/chassis/database';

/** Rows that reads and writes pick from. */
export const items = 5_000;

/** The tables of the load, made by their owner. `change` has one row per committed write. */
export const schema = `
  create table item (id int primary key, title text not null, changes int not null default 0);
  create table change (unit int primary key, item int not null references item);
  insert into item select id, 'item number ' || id from generate_series(1, ${items}) as id;
  analyze`;

export const readItem = statement<{ id: number; title: string; changes: number }>(
  'select id, title, changes from item where id = $1',
);
export const changeItem = statement('update item set changes = changes + 1 where id = $1');
export const bookChange = statement('insert into change (unit, item) values ($1, $2)');
