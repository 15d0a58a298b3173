import { reach } from './reachability.ts';
import type { Target, World } from './world.ts';

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
  return markdown([header, ...rows]);
}

function markdown(rows: readonly (readonly string[])[]): string {
  const widths =
    rows[0]?.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [header = [], ...body] = rows;
  return `${[line(header), line(widths.map((width) => '-'.repeat(width))), ...body.map((row) => line(row))].join('\n')}\n`;
}
