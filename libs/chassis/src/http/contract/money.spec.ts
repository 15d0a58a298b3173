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

  it.each([
    ...['12', '12.5', '1.234', '-0.00', '00.10', '01.00', '.50', '1.', '+1.00', '1,00', '1 000.00', '$1.00'],
    ...['1e3', '1e999', 'NaN', 'Infinity', '0x1.00', '١.٠٠', '1.00\n', '\u00001.00', '1.0\u0000', '', ' '],
    ...['100000000000000000.00', `1${'0'.repeat(100_000)}.00`],
    ...[12.5, 12, Number.NaN, Number.POSITIVE_INFINITY, 10n ** 30n, null, undefined, true, {}, ['1.00']],
  ])('can’t be another thing (%#)', (value) => {
    expect(takes(value)).toBe(false);
  });
});
