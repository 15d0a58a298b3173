import type { Samples } from './draft.samples.ts';

/** How a query parameter of a list narrows it: to what is equal, or to what is earlier. */
export type Filter = { readonly equals: string } | { readonly before: string };

/** By the names of the query parameters. */
export type Filters = Readonly<Record<string, Filter>>;

export interface FilterCase {
  readonly query: Readonly<Record<string, string>>;
  readonly matches: (item: object) => boolean;
}

const fieldOf = (filter: Filter): string => ('equals' in filter ? filter.equals : filter.before);

const valueOf = (item: object, field: string): unknown => (item as Record<string, unknown>)[field];

const typicalOf = (filter: Filter, samples: Samples): unknown[] =>
  (samples[fieldOf(filter)]?.typical ?? []).filter((value) => value !== null);

/** One query per parameter, which matches some items of many typical ones and not the others. */
export const filterCases = (filters: Filters, samples: Samples): FilterCase[] =>
  Object.entries(filters).map(([name, filter]) => {
    const values = typicalOf(filter, samples);
    const value = values[Math.min(1, values.length - 1)];
    const matches = (found: unknown) =>
      'equals' in filter ? found === value : typeof found === 'string' && found < String(value);
    return {
      query: { [name]: String(value) },
      matches: (item: object) => matches(valueOf(item, fieldOf(filter))),
    };
  });

/** What two cases ask together. */
export const both = (one: FilterCase, other: FilterCase): FilterCase => ({
  query: { ...one.query, ...other.query },
  matches: (item) => one.matches(item) && other.matches(item),
});

/** Queries that a list refuses. */
export const refusedQueries = (filters: Filters, samples: Samples): Record<string, string>[] =>
  Object.entries(filters).flatMap(([name, filter]) => {
    // In a query a word may stand for what isn't text in JSON.
    const words = typicalOf(filter, samples).map(String);
    const refused = samples[fieldOf(filter)]?.refused ?? [];
    return refused
      .filter((value): value is string => typeof value === 'string' && !words.includes(value))
      .map((value) => ({ [name]: value }));
  });
