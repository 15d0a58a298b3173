import type { FieldSamples } from './field.samples.ts';

/** By the names of a resource's fields. */
export type Samples = Readonly<Record<string, FieldSamples>>;

type Draft = Record<string, unknown>;

/** Scatters small numbers, so that the fields of many drafts don't change in step. */
function scatter(n: number, place: number): number {
  const mixed = Math.imul(n * 31 + place + 1, 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) >>> 7;
}

/** A draft with a value for every field; another for another `n`, as far as there are as many. */
export const completeDraft = (samples: Samples, n = 0): Draft =>
  Object.fromEntries(
    Object.entries(samples).map(([field, { typical }], place) => [
      field,
      typical[scatter(n, place) % typical.length],
    ]),
  );

/** A draft without all that it may leave out. */
export const smallestDraft = (samples: Samples): Draft =>
  Object.fromEntries(
    Object.entries(samples)
      .filter(([, field]) => field.default === undefined)
      .map(([field, { typical }]) => [field, typical[0]]),
  );

/** What the smallest draft gets besides. */
export const defaultsOf = (samples: Samples): Draft =>
  Object.fromEntries(
    Object.entries(samples)
      .filter(([, field]) => field.default !== undefined)
      .map(([field, { default: value }]) => [field, value]),
  );

/** One value of one field, and how a test calls it: a long one isn't spelled out. */
export interface FieldCase {
  readonly field: string;
  readonly value: unknown;
  readonly shown: string;
}

const longestShown = 40;

const cases = (samples: Samples, valuesOf: (field: FieldSamples) => readonly unknown[]): FieldCase[] =>
  Object.entries(samples).flatMap(([field, of]) =>
    valuesOf(of).map((value) => {
      const text = value === undefined ? 'nothing' : JSON.stringify(value);
      const isLong = text.length > longestShown;
      const shown = isLong ? `${text.slice(0, longestShown)}… (${text.length})` : text;
      return { field, value, shown };
    }),
  );

/** Every value that is kept as it is. */
export const acceptedCases = (samples: Samples): FieldCase[] =>
  cases(samples, ({ typical, extreme }) => [...typical, ...extreme]);

/** Every value that is refused, in a draft or in a patch. */
export const refusedCases = (samples: Samples): FieldCase[] => cases(samples, ({ refused }) => refused);

/** Every field that a draft must have, left out. */
export const missingCases = (samples: Samples): FieldCase[] =>
  cases(samples, (field) => (field.default === undefined ? [undefined] : []));
