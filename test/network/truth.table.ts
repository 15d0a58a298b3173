import { markdownTable } from '../markdown.table.ts';
import type { Endpoint, Target } from './endpoint.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { meet, reach, selecting, type Reachability } from './reachability.ts';
import type { World } from './world.ts';

export const titleOf = ({ endpoint, port, protocol }: Target): string =>
  `${endpoint.name}:${port}${protocol === 'TCP' ? '' : `/${protocol}`}`;

export const markOf = ({ allowed }: Pick<Reachability, 'allowed'>): string => (allowed ? '✓' : '·');

/** What policies say of one cell. */
export const cellOf = ({ policies }: World, from: Endpoint, { endpoint, port, protocol }: Target) =>
  reach(policies, { from, to: endpoint, port, protocol });

/** {@link cellOf} for many cells: remembers which policies select whom. */
export function cellsUnder(policies: readonly Manifest[]) {
  const known = {
    Egress: new Map<Endpoint, readonly Manifest[]>(),
    Ingress: new Map<Endpoint, readonly Manifest[]>(),
  };
  const of = (direction: keyof typeof known, end: Endpoint): readonly Manifest[] => {
    const found = known[direction].get(end) ?? selecting(policies, direction, end);
    known[direction].set(end, found);
    return found;
  };
  return (from: Endpoint, { endpoint: to, port, protocol }: Target): Reachability =>
    meet(of('Egress', from), of('Ingress', to), { from, to, port, protocol });
}

/** Who reaches whom, as a Markdown table: ✓ where a connection comes about, · where it doesn't. */
export function truthTable(world: World): string {
  const { sources, targets, policies } = world;
  const cell = cellsUnder(policies);
  const header = ['from \\ to', ...targets.map((target) => titleOf(target))];
  const rows = sources.map((from) => [from.name, ...targets.map((target) => markOf(cell(from, target)))]);
  return markdownTable([header, ...rows]);
}
