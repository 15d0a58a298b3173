import type { Verdict } from './reachability.ts';
import { cellOf, markOf, titleOf } from './truth.table.ts';
import type { World } from './world.ts';

/** The cells that aren't as a committed table says, each with the policies that make it so at either end. */
export function differences(world: World, committed: string): string[] {
  const marks = marksIn(committed);
  return world.sources.flatMap((from) =>
    world.targets.flatMap((target) => {
      const cell = cellOf(world, from, target);
      const before = marks.get(from.name)?.get(titleOf(target)) ?? 'not in the table';
      if (before === markOf(cell)) return [];
      const reasons = `out ${reasonOf(cell.egress)}, in ${reasonOf(cell.ingress)}`;
      return [`${from.name} → ${titleOf(target)} is ${markOf(cell)}, committed: ${before} (${reasons})`];
    }),
  );
}

function reasonOf({ policies, allowing }: Verdict): string {
  if (policies.length === 0) return 'open: no policy';
  return allowing.length > 0 ? `allowed by ${allowing.join(', ')}` : `closed by ${policies.join(', ')}`;
}

function marksIn(table: string): Map<string, Map<string, string>> {
  const [header = [], , ...rows] = table.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return new Map(
    rows.map((row) => [row[0] ?? '', new Map(header.map((title, column) => [title, row[column] ?? '']))]),
  );
}
