import type { LockPackage, LockPackages } from './lock.package.ts';

/** That one package needs another: how, and the location of what Node would load for it. */
export interface Edge {
  readonly name: string;
  readonly dev: boolean;
  readonly optional: boolean;
  readonly peer: boolean;
  /** Undefined when it isn't there. */
  readonly to: string | undefined;
}

/** Where Node looks for a package, from the nearest folder outwards. */
export function resolve(packages: LockPackages, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const location = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages.has(location)) return location;
    if (folder === '') return undefined;
  }
}

/** The root and the workspaces: only their development dependencies are installed. */
const isTop = (location: string): boolean => !/(?:^|\/)node_modules\//.test(location);

/**
 * Everything that a package needs. Where it names the same package twice, the later kind counts, in npm's order; that
 * the root needs its workspaces counts more than all.
 * @param workspaces their names
 */
export function edgesOf(
  packages: LockPackages,
  location: string,
  found: LockPackage,
  workspaces: readonly string[],
): readonly Edge[] {
  const { peerDependencies = {}, peerDependenciesMeta = {} } = found;
  const kinds: Record<string, Omit<Edge, 'name' | 'to'>> = {};
  const add = (names: Record<string, string> | undefined, edge: Partial<Edge>): void => {
    for (const name of Object.keys(names ?? {}))
      kinds[name] = { dev: false, optional: false, peer: false, ...edge };
  };
  for (const name of Object.keys(peerDependencies))
    add({ [name]: '' }, { peer: true, optional: peerDependenciesMeta[name]?.optional === true });
  add(found.dependencies, {});
  add(found.optionalDependencies, { optional: true });
  if (isTop(location)) add(found.devDependencies, { dev: true });
  if (location === '') add(Object.fromEntries(workspaces.map((name) => [name, ''])), {});
  return Object.entries(kinds).map(([name, kind]) => ({
    name,
    ...kind,
    to: resolve(packages, location, name),
  }));
}
