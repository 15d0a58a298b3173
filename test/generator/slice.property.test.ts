import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  asSuperuser,
  openThrowawayPostgres,
  type ThrowawayPostgres,
} from '@secure-backend/local-stack/testing';
import * as fc from 'fast-check';
import {
  mostFields,
  parseFields,
  scriptKeywords,
  sliceNames,
  sqlKeywords,
  systemColumns,
} from 'generator-secure-backend/slice';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldLists } from './field.arbitrary.ts';
import { LifeWorkspace } from './life.workspace.ts';
import { loadSlice, misjudged, trySql } from './slice.trial.ts';
import { otherNames } from './template.names.ts';

const runs = 60;

describe('a slice of any fields', { timeout: 300_000 }, () => {
  let postgres: ThrowawayPostgres;
  let workspace: LifeWorkspace;
  let tried = 0;
  const load = (list: string) => {
    const resource = `trial-${String.fromCodePoint(97 + (tried % 26))}${tried++}`;
    return loadSlice(workspace.service, { service: otherNames.service, resource }, parseFields(list));
  };
  const ask = <Row extends object>(sql: string) =>
    asSuperuser(postgres.coordinates, 'postgres', async (client) => (await client.query<Row>(sql)).rows);

  beforeAll(async () => {
    postgres = await openThrowawayPostgres();
    workspace = new LifeWorkspace(otherNames);
  });
  afterAll(async () => {
    workspace.close();
    await postgres.remove();
  });

  it('takes what its samples say and nothing else, and Postgres takes all of it', async () => {
    await asSuperuser(postgres.coordinates, 'postgres', (client) =>
      fc.assert(
        fc.asyncProperty(fieldLists, async (list) => {
          const slice = await load(list);
          expect(misjudged(slice)).toEqual([]);
          await trySql(client, slice);
        }),
        { numRuns: runs },
      ),
    );
  });

  it('typechecks but for what is planted in it', async () => {
    const include = ['trials/*/src', 'trials/*/test/*.samples.ts'];
    writeFileSync(
      join(workspace.service, 'trials.json'),
      JSON.stringify({ extends: './tsconfig.json', include }),
    );
    const planted = 'trials/trial-a0/src/planted.ts';
    writeFileSync(join(workspace.service, planted), `export const planted: number = '';\n`);
    const output = (await workspace.failureOf('tsc --noEmit --pretty false -p trials.json')) ?? '';
    expect(output.match(/^.*error TS\d+/gm)).toEqual([`${planted}(1,14): error TS2322`]);
  });

  it('may name them by every word that Postgres doesn’t reserve, and by no other', async () => {
    const words = await ask<{ word: string; isFree: boolean }>(
      `select word, catcode in ('U', 'C') as "isFree" from pg_get_keywords()`,
    );
    const reserved = words.filter(({ isFree }) => !isFree).map(({ word }) => word);
    expect([...sqlKeywords].toSorted()).toEqual(reserved.toSorted());
    const columns = await ask<{ attname: string }>(
      `select attname from pg_attribute where attrelid = 'pg_class'::regclass and attnum < 0`,
    );
    expect([...systemColumns].toSorted()).toEqual(columns.map(({ attname }) => attname).toSorted());
    const free = words
      .filter(({ word, isFree }) => isFree && !scriptKeywords.has(word) && !sliceNames.has(word))
      .map(({ word }) => `${word}:enum(a)?`);
    expect(free.length).toBeGreaterThan(300);
    await asSuperuser(postgres.coordinates, 'postgres', async (client) => {
      for (let at = 0; at < free.length; at += mostFields) {
        await trySql(client, await load(free.slice(at, at + mostFields).join()));
      }
    });
  });

  it('takes no number that JSON can spell and Postgres can’t hold', async () => {
    const { draft } = await load('count:integer, ratio:number');
    const isTaken = (json: string) => draft.safeParse(JSON.parse(json)).success;
    expect(isTaken('{"count":1e2,"ratio":1e308}')).toBe(true);
    for (const number of ['1e999', '-1e999']) {
      expect(isTaken(`{"count":1,"ratio":${number}}`)).toBe(false);
      expect(isTaken(`{"count":${number},"ratio":1}`)).toBe(false);
    }
    expect(isTaken('{"count":9007199254740993,"ratio":1}')).toBe(false);
  });

  it('would be caught judging otherwise, or with another table', async () => {
    const slice = await load('note:text(3), total:money');
    const other = await load('note:text(4)?, total:money');
    expect(misjudged({ ...slice, draft: other.draft }).map(({ field }) => field)).toContain('note');
    await asSuperuser(postgres.coordinates, 'postgres', async (client) => {
      const migration = slice.migration.replace('numeric(19, 2)', 'numeric(5, 2)');
      await expect(trySql(client, { ...slice, migration })).rejects.toThrow('numeric field overflow');
      await expect(trySql(client, { ...slice, migration: '' })).rejects.toThrow('does not exist');
      await trySql(client, slice);
    });
  });
});
