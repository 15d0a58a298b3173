import { markdownTable } from '../markdown.table.ts';
import type { Endpoint, Target } from './endpoint.ts';
import { reach, type Reachability } from './reachability.ts';
import type { World } from './world.ts';

export const titleOf = ({ endpoint, port, protocol }: Target): string =>
  `${endpoint.name}:${port}${protocol === 'TCP' ? '' : `/${protocol}`}`;

export const markOf = ({ allowed }: Pick<Reachability, 'allowed'>): string => (allowed ? '✓' : '·');

/** What policies say of one cell. */
export const cellOf = ({ policies }: World, from: Endpoint, { endpoint, port, protocol }: Target) =>
  reach(policies, { from, to: endpoint, port, protocol });

/** Who reaches whom, as a Markdown table: ✓ where a connection comes about, · where it doesn't. */
export function truthTable(world: World): string {
  const { sources, targets } = world;
  const header = ['from \\ to', ...targets.map((target) => titleOf(target))];
  const rows = sources.map((from) => [
    from.name,
    ...targets.map((target) => markOf(cellOf(world, from, target))),
  ]);
  return markdownTable([header, ...rows]);
}
