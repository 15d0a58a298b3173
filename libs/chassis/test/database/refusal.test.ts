import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRotatingDatabase, read, type RotatingDatabase, whoAmI } from './rotating.database.ts';

describe('a rotation', () => {
  let open: RotatingDatabase;
  beforeEach(async () => {
    open = await openRotatingDatabase();
  });
  afterEach(() => open.close());

  it.each([
    ['with a wrong password', '28P01'],
    ['without the grants of its predecessor', 'grants missing'],
  ])(
    'to a credential %s keeps the old generation, alarms and asks for another (matrix: new credential bad)',
    async (kind, code) => {
      const { database, source } = open;
      const { username: first } = source.current.value;
      source.onReplace = async () => undefined;
      const bad = await source.issue({ isGranted: kind !== 'without the grants of its predecessor' });
      source.announce(code === '28P01' ? { ...bad, value: { ...bad.value, password: 'wrong' } } : bad);
      await expect.poll(() => open.log()).toContain('new database credential refused');

      await expect(database.query(read, [1])).resolves.toEqual([{ note: 'note' }]);
      await expect(database.query(whoAmI)).resolves.toEqual([{ user: first }]);
      expect(open.log()).toContain(code);
      await expect.poll(() => source.replacements).toBeGreaterThan(0);
      await expect(open.metric('db_client_rotations_total{result="refused"}')).resolves.toBeGreaterThan(0);

      await source.rotate();
      await expect.poll(() => database.generation, { timeout: 10_000 }).toBe(2);
      await expect.poll(() => source.roles()).toEqual([source.current.value.username]);
    },
  );
});
