import type { Manifest } from '../kubernetes/manifest.ts';
import { nameOf } from '../kubernetes/manifest.ts';

/** Says that a field goes instead of getting a value. */
export const removed = Symbol('removed');

type Holder = Record<string, unknown>;

/** The steps of a JSON pointer (RFC 6901), written without its first slash. */
const steps = (pointer: string): string[] =>
  pointer.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

/**
 * A copy of the objects in which one field differs.
 *
 * @param target like `Deployment/frontend`
 * @param pointer in that object, like `spec/replicas`; `-` as its last step appends to a list
 * @throws Error when there is no such object or no such place: the mutation would prove nothing
 */
export function mutate(
  objects: readonly Manifest[],
  target: string,
  pointer: string,
  value: unknown,
): readonly Manifest[] {
  const copy = structuredClone(objects) as Manifest[];
  const object = copy.find((candidate) => nameOf(candidate) === target);
  if (object === undefined) throw new Error(`no such object: ${target}`);
  if (pointer === '') {
    return value === removed
      ? copy.filter((candidate) => candidate !== object)
      : [...copy, value as Manifest];
  }
  const path = steps(pointer);
  const last = path.pop() ?? '';
  const holder = path.reduce<unknown>((found, step) => (found as Holder | undefined)?.[step], object);
  if (typeof holder !== 'object' || holder === null)
    throw new Error(`no such place in ${target}: ${pointer}`);
  if (value === removed) removeFrom(holder, last, `${target} ${pointer}`);
  else if (Array.isArray(holder) && last === '-') holder.push(value);
  else (holder as Holder)[last] = value;
  return copy;
}

function removeFrom(holder: object, key: string, place: string): void {
  if (!(key in holder)) throw new Error(`nothing to remove: ${place}`);
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder, key);
}
