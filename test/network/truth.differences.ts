import type { Endpoint } from './endpoint.ts';
import type { Verdict } from './reachability.ts';
import { at } from '../kubernetes/field.path.ts';
import { selects } from '../kubernetes/label.selector.ts';
import type { Reduced } from './policy.parts.ts';
import { cellsUnder, markOf, titleOf } from './truth.table.ts';
import type { World } from './world.ts';

/** The cells that aren't as a committed table says, each with the policies that make it so at either end. */
export function differences(world: World, committed: string): string[] {
  const marks = marksIn(committed);
  const cellAt = cellsUnder(world.policies);
  return world.sources.flatMap((from) =>
    world.targets.flatMap((target) => {
      const cell = cellAt(from, target);
      const before = marks.get(from.name)?.get(titleOf(target)) ?? 'not in the table';
      if (before === markOf(cell)) return [];
      const reasons = `out ${reasonOf(cell.egress)}, in ${reasonOf(cell.ingress)}`;
      return [`${from.name} → ${titleOf(target)} is ${markOf(cell)}, committed: ${before} (${reasons})`];
    }),
  );
}

/** The parts without which the table would be the same. Only cells of those whom a part's policy selects can differ. */
export function deadParts({ sources, targets, policies }: World, reduced: readonly Reduced[]): string[] {
  const before = cellsUnder(policies);
  const isDead = ({ of, policies: left }: Reduced): boolean => {
    const after = cellsUnder(left);
    const isHeld = ({ pod }: Endpoint): boolean =>
      pod !== undefined &&
      pod.namespace === of.metadata.namespace &&
      selects(at(of['spec'], 'podSelector') ?? {}, pod.labels);
    const held = targets.filter(({ endpoint }) => isHeld(endpoint));
    return !sources.some((from) =>
      (isHeld(from) ? targets : held).some((to) => before(from, to).allowed !== after(from, to).allowed),
    );
  };
  return reduced.filter((one) => isDead(one)).map(({ part }) => part);
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
