import { edgesOf, type Edge } from './lock.edges.ts';
import type { LockPackages } from './lock.package.ts';

/** Why a package is there; each is true until a way to it is found that says otherwise. */
export interface Flags {
  /** Nothing needs it. */
  extraneous: boolean;
  dev: boolean;
  optional: boolean;
  /** Needed by a development and by an optional dependency, and by nothing else. */
  devOptional: boolean;
  peer: boolean;
}

/** What npm's arborist unsets along one edge (lib/calc-dep-flags.js); whether that changed anything. */
function unset(to: Flags, from: Flags, { dev, optional, peer }: Edge): boolean {
  const before = { ...to };
  // An optional peer alone installs nothing.
  if (!from.extraneous && !(peer && optional)) to.extraneous = false;
  if (!from.dev && !dev) to.dev = false;
  if (!from.optional && !optional) to.optional = false;
  if (!from.devOptional && !from.dev && !from.optional && !dev && !optional) to.devOptional = false;
  if (!from.peer && !peer) to.peer = false;
  return (Object.keys(before) as (keyof Flags)[]).some((name) => before[name] !== to[name]);
}

const passed: Omit<Edge, 'to'> = { name: '', dev: false, optional: false, peer: false };

const every = (value: boolean): Flags => ({
  extraneous: value,
  dev: value,
  optional: value,
  devOptional: value,
  peer: value,
});

/** The flags of every package, found from the root outwards as npm finds them. */
export function flagsOf(packages: LockPackages, workspaces: readonly string[]): ReadonlyMap<string, Flags> {
  const flags = new Map([...packages.keys()].map((location) => [location, every(location !== '')]));
  const seen = new Set<string>();
  const queue = [''];
  for (let location = queue.pop(); location !== undefined; location = queue.pop()) {
    seen.add(location);
    const [found, from] = [packages.get(location), flags.get(location)];
    if (found === undefined || from === undefined) continue;
    const edges: readonly Edge[] =
      found.link === true
        ? [{ ...passed, to: found.resolved }]
        : edgesOf(packages, location, found, workspaces);
    for (const edge of edges) {
      const to = edge.to === undefined ? undefined : flags.get(edge.to);
      if (edge.to === undefined || to === undefined) continue;
      if (unset(to, from, edge) || (found.link === true && !seen.has(edge.to))) queue.push(edge.to);
    }
  }
  return flags;
}
