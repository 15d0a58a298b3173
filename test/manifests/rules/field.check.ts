import { isDeepStrictEqual } from 'node:util';
import { fault, type Fault } from './rule.contract.ts';

/** The value at a JSON pointer without escapes, or undefined. */
export const valueAt = (tree: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, key) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[key],
      tree,
    );

const text = (value: unknown): string => (value === undefined ? 'not set' : JSON.stringify(value));

/** The field has to be this, by itself: a default doesn't count. */
export function mustBe(tree: unknown, pointer: string, wanted: unknown): Fault[] {
  const found = valueAt(tree, pointer);
  return isDeepStrictEqual(found, wanted)
    ? []
    : [fault(pointer, `is ${text(found)}`, `set it to ${text(wanted)}`)];
}

/** The field has to be left out. */
export function mustBeAbsent(tree: unknown, pointer: string): Fault[] {
  const found = valueAt(tree, pointer);
  return found === undefined ? [] : [fault(pointer, `is ${text(found)}`, 'leave it out')];
}

/** The field has to satisfy a condition that `cure` puts into words. */
export function mustHold(
  tree: unknown,
  pointer: string,
  holds: (value: unknown) => boolean,
  cure: string,
): Fault[] {
  const found = valueAt(tree, pointer);
  return holds(found) ? [] : [fault(pointer, `is ${text(found)}`, cure)];
}
