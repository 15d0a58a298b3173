import { describe, expect, it } from 'vitest';
import { money } from './money.ts';

const takes = (value: unknown): boolean => money.safeParse(value).success;

describe('money', () => {
  it.each(['0.00', '0.01', '-0.01', '-0.10', '12.50', '-1234.50', '99999999999999999.99'])(
    'may be %s',
    (text) => {
      expect(money.parse(text)).toBe(text);
    },
  );

  it.each(
    '12 12.5 1.234 -0.00 00.10 01.00 .50 1. +1.00 1,00 $1.00 1e3 1e999 NaN Infinity 0x1.00 ١.٠٠ 1__0.00'.split(
      ' ',
    ),
  )('can’t be %s', (text) => {
    expect(takes(text)).toBe(false);
  });

  it('has no more digits than Postgres keeps', () => {
    expect(takes('100000000000000000.00')).toBe(false);
    expect(takes(`1${'0'.repeat(100_000)}.00`)).toBe(false);
  });

  it.each(['', ' ', '1.00\n', ' 1.00', '\u00001.00', '1.0\u0000', '1 000.00'])(
    'has nothing around it: %j',
    (text) => {
      expect(takes(text)).toBe(false);
    },
  );

  it('is text', () => {
    for (const value of [12.5, 12, Number.NaN, Infinity, 10n ** 30n, null, undefined, true, {}, ['1.00']]) {
      expect(takes(value)).toBe(false);
    }
  });
});
