import { z } from 'zod';

/** Numbers have many spellings (`1e1`, `0x10`, `+5`, `5.0`); a parameter that is documented as integer has one. */
const plain = /^(?:0|-?[1-9]\d*)$/;

/** A whole number in the query or path, in plain decimal digits. */
export function queryInteger({ min, max }: { min: number; max: number }) {
  return z.preprocess(
    (value) => (typeof value === 'string' && plain.test(value) ? Number(value) : value),
    z.int({ error: 'must be a whole number in decimal digits' }).min(min).max(max),
  );
}
