import { describe, expect, it } from 'vitest';
import { fillVariables } from './sql.variables.ts';

describe('variables in SQL', () => {
  it('become quoted texts and identifiers', () => {
    const sql = `ALTER ROLE :"role" PASSWORD :'password'`;
    expect(fillVariables(sql, { role: 'a"b', password: "it's" })).toBe(`ALTER ROLE "a""b" PASSWORD 'it''s'`);
  });

  it('bring nothing of their own into the statement', () => {
    const password = `'; DROP ROLE x; --\\`;
    expect(fillVariables(`SELECT :'password'`, { password })).toBe(
      String.raw`SELECT  E'''; DROP ROLE x; --\\'`,
    );
  });

  it.each([
    ['casts', `SELECT '1'::"text"`],
    ['texts', `SELECT ':"name" and :''name'''`],
    ['identifiers', `SELECT ":'name'"`],
    ['comments', `-- :"name"\n/* :'name' */`],
    ['dollar quotes', `DO $$ :"name" $$; DO $body$ :'name' $body$`],
  ])('are left alone in %s, as psql does', (_, sql) => {
    expect(fillVariables(sql, {})).toBe(sql);
  });

  it('must have a value', () => {
    expect(() => fillVariables(`SELECT :'missing'`, {})).toThrow(":'missing'");
  });
});
