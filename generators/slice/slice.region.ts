import type { Rename } from '../rename/index.ts';
import type { Field } from './resource.field.ts';

/**
 * A part of a file that depends on the fields of a resource.
 * @param rename for what the part says of the resource itself; nothing that a user gave may go through it
 */
export type Region = (fields: readonly Field[], rename: Rename) => string;

export interface Substitution {
  /** The fields in which the text is written, and those it is to have. */
  readonly from: readonly Field[];
  readonly to: readonly Field[];
  readonly rename: Rename;
}

const same: Rename = (text) => text;

/**
 * A text of the template with other fields and under other names. All between the regions is plain renaming.
 * @param regions in the order in which they stand in the text
 * @throws Error when the template isn't written as a region says: then one of both was changed alone.
 */
export function substitute(
  text: string,
  regions: readonly Region[],
  { from, to, rename }: Substitution,
): string {
  let rest = text;
  let written = '';
  for (const region of regions) {
    const old = region(from, same);
    const [before, after, ...others] = rest.split(old);
    if (before === undefined || after === undefined || others.length > 0) {
      throw new Error(`the template has not exactly one place that reads:\n${old}`);
    }
    written += rename(before) + region(to, rename);
    rest = after;
  }
  return written + rename(rest);
}

/** One line per element, each ended. */
export const lines = <Item>(items: readonly Item[], line: (item: Item, index: number) => string): string =>
  items.map((item, index) => `${line(item, index)}\n`).join('');
