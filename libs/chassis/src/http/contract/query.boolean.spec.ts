import { describe, expect, it } from 'vitest';
import { queryBoolean } from './query.boolean.ts';

describe('yes or no in the query', () => {
  it('is true or false, as JSON spells them', () => {
    expect([queryBoolean.parse('true'), queryBoolean.parse('false')]).toEqual([true, false]);
    expect(queryBoolean.optional().parse(undefined)).toBeUndefined();
  });

  it.each(['TRUE', 'True', 'yes', 'on', '1', '0', '', ' true', 'true\0', ['true', 'true'], null, undefined])(
    'can’t be %j',
    (value) => {
      expect(queryBoolean.safeParse(value).error?.issues).toMatchObject([
        { message: 'must be true or false' },
      ]);
    },
  );
});
