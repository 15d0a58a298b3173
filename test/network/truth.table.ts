import { markdownTable } from '../markdown.table.ts';
import { reach } from './reachability.ts';
import type { Target } from './endpoint.ts';
import type { World } from './world.ts';

const titleOf = ({ endpoint, port, protocol }: Target): string =>
  `${endpoint.name}:${port}${protocol === 'TCP' ? '' : `/${protocol}`}`;

/** Who reaches whom, as a Markdown table: ✓ where a connection comes about, · where it doesn't. */
export function truthTable({ sources, targets, policies }: World): string {
  const header = ['from \\ to', ...targets.map((target) => titleOf(target))];
  const rows = sources.map((from) => [
    from.name,
    ...targets.map(({ endpoint, port, protocol }) =>
      reach(policies, { from, to: endpoint, port, protocol }).allowed ? '✓' : '·',
    ),
  ]);
  return markdownTable([header, ...rows]);
}
