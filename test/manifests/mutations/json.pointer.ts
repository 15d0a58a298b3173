import type { Manifest } from '../../kubernetes/manifest.ts';

/** A rendered object that may be changed. */
export type Tree = { [field: string]: unknown };

/** Where a node stands in its tree: keys and indices from the root. */
export type Path = readonly (string | number)[];

/** RFC 6901. */
export const pointerOf = (path: Path): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** RFC 6901; an index stays text, which arrays take too. */
export const pathOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

const children = (node: unknown): [string | number, unknown][] =>
  Array.isArray(node)
    ? [...node.entries()]
    : typeof node === 'object' && node !== null
      ? Object.entries(node)
      : [];

/** Every node below the root: fields, items and values, parents before their children. */
export const pathsOf = (node: unknown, path: Path = []): Path[] =>
  children(node).flatMap(([key, value]) => [[...path, key], ...pathsOf(value, [...path, key])]);

const parentOf = (tree: object, path: Path): Tree | unknown[] | undefined =>
  path.slice(0, -1).reduce<unknown>((node, key) => (node as Tree | undefined)?.[key], tree) as
    Tree | unknown[] | undefined;

/**
 * A copy without the node at a path; items behind it move up.
 *
 * @throws Error when there is no such node
 */
export function without<T extends object>(tree: T, path: Path): T {
  const copy = structuredClone(tree);
  const [parent, key] = [parentOf(copy, path), path.at(-1) ?? ''];
  if (parent === undefined || !(key in parent)) throw new Error(`there is no ${pointerOf(path)}`);
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return copy;
}

/**
 * A copy with a value at a path; `-` adds to the end of a list, as in RFC 6902.
 *
 * @throws Error when the parent of the node is missing
 */
export function withValue<T extends object>(tree: T, path: Path, value: unknown): T {
  const copy = structuredClone(tree);
  const [parent, key] = [parentOf(copy, path), path.at(-1) ?? ''];
  if (parent === undefined) throw new Error(`there is no ${pointerOf(path.slice(0, -1))}`);
  if (Array.isArray(parent) && key === '-') parent.push(value);
  else (parent as Tree)[key] = value;
  return copy;
}

/** The same manifests with one of them replaced; the others stay the very same objects. */
export const replaced = (manifests: readonly Manifest[], old: Manifest, next: Manifest): Manifest[] =>
  manifests.map((manifest) => (manifest === old ? next : manifest));
