import { z } from 'zod';

/**
 * Text that Postgres can hold and give back unchanged: no NUL (SQLSTATE 22021) and no half of a surrogate pair, which
 * UTF-8 can't encode. Lengths count UTF-16 units, as JSON Schema's generated clients mostly do.
 */
export function text({ min = 0, max }: { min?: number; max: number }) {
  return z
    .string()
    .min(min)
    .max(max)
    .regex(/^[^\0]*$/, 'must not contain the NUL character')
    .refine((value) => value.isWellFormed(), 'must be well-formed Unicode');
}

/** A day of the calendar from year 1 on, `YYYY-MM-DD`: Postgres has no year 0. */
export const calendarDate = z.iso
  .date()
  .refine((date) => !date.startsWith('0000'), 'must be in year 1 or later');

/** A moment in UTC with milliseconds, as the database's are shown; a real one, from year 1 on. */
export const timestamp = z.iso
  .datetime({ precision: 3 })
  .refine((moment) => !moment.startsWith('0000'), 'must be in year 1 or later');

/** A UUID of any version, in lower case as Postgres prints it. */
export const uuid = z.guid().toLowerCase();
