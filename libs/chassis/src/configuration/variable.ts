import { z } from 'zod';

/** What a variable must look like, said to whoever set it wrongly; the value itself is never repeated. */
export interface VariableMeaning {
  /** Completes the sentence "expected …". */
  expected: string;
  /** One line for the reference table and `.env.example`. */
  about: string;
}

/** Attaches its meaning to a variable's schema; call it last, because wrappers such as `default` drop metadata. */
export function variable<Schema extends z.ZodType>(schema: Schema, meaning: VariableMeaning): Schema {
  return schema.meta({ ...meaning });
}

/** The meaning that {@link variable} attached; the type system can't see that every variable has one. */
export function meaningOf(schema: z.ZodType): VariableMeaning {
  return schema.meta() as unknown as VariableMeaning;
}

/** A whole number written in decimal digits. */
export function wholeNumber(range: { min: number; max: number }) {
  return z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().min(range.min).max(range.max));
}

export const port = wholeNumber({ min: 1, max: 65_535 });
/** 0 lets the system choose. */
export const listeningPort = wholeNumber({ min: 0, max: 65_535 });
export const onOff = z.enum(['on', 'off']);
export const absolutePath = z
  .string()
  .startsWith('/')
  .or(z.string().regex(/^[A-Za-z]:[\\/]/));

/** A comma-separated list of at least one. */
export function commaSeparated<Entry extends z.ZodType<unknown, string>>(entry: Entry) {
  return z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(entry).min(1));
}

/** Addresses as the proxy-aware server understands them, its names for private ranges included. */
export const networkAddress = z.union([
  z.ipv4(),
  z.ipv6(),
  z.cidrv4(),
  z.cidrv6(),
  z.enum(['loopback', 'linklocal', 'uniquelocal']),
]);

export const minute = 60_000;

/** Milliseconds. Zero is no duration here: to Node and Postgres it means "without limit". */
export function duration(fallback: number, max: number, about: string) {
  const expected = `whole milliseconds from 1 to ${max}`;
  return variable(wholeNumber({ min: 1, max }).default(fallback), { expected, about });
}

export function count(fallback: number, max: number, about: string) {
  const expected = `a whole number from 1 to ${max}`;
  return variable(wholeNumber({ min: 1, max }).default(fallback), { expected, about });
}
