import { z } from 'zod';

/**
 * An amount as decimal text with two decimals, "1234.50"; no float, which would round it. Each amount has one
 * spelling, so that what was written is what Postgres gives back from `numeric(19, 2)`.
 */
export const money = z
  .string()
  .regex(
    /^(?:0\.\d\d|-0\.(?:0[1-9]|[1-9]\d)|-?[1-9]\d{0,16}\.\d\d)$/,
    'must be an amount with two decimals as text, such as "1234.50"',
  );
