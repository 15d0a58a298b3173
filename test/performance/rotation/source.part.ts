import { tableRows } from '../report/percentile.table.ts';
import type { OpenStore } from '../surroundings/credential.store.ts';
import type { BenchContext } from './bench.context.ts';
import { type RevocationsResult, revokeUnderLoad } from './revocations.part.ts';
import { type Goal, revocationGoals, rotationGoals } from './rotation.goals.ts';
import { rotateUnderLoad, type RotationsResult } from './rotations.part.ts';

/** All that was measured on one source of credentials. */
export interface SourceResult {
  source: string;
  rotations: RotationsResult;
  revocations: RevocationsResult | undefined;
  terminations: RevocationsResult | undefined;
}

/** Rotations, revocations, and revocations with terminated sessions. */
export async function runSource(
  context: BenchContext,
  source: string,
  openStore: OpenStore,
): Promise<{ result: SourceResult; goals: Goal[] }> {
  const { options, say } = context;
  const rotations = await rotateUnderLoad(context, openStore);
  const { swapSeconds: swap, drainSeconds: drain, mostSessions, ratio } = rotations;
  [...tableRows(rotations.without), ...tableRows(rotations.during)].forEach(say);
  say(
    `  p99 ×${ratio.toFixed(2)}; at most ${mostSessions} sessions; new generation after ${span(swap)}, drained in ${span(drain)}`,
  );
  const goals = rotationGoals(source, rotations, options);
  const revoked = [];
  for (const isTerminated of options.revocations === 0 ? [] : [false, true]) {
    // oxlint-disable-next-line no-await-in-loop -- one part after the other
    const part = await revokeUnderLoad(context, openStore, { isTerminated });
    tableRows(part.figures).forEach(say);
    say(`  ${part.replays} units began again, ${part.unknownOutcomes} of unknown outcome`);
    goals.push(...revocationGoals(source, part, isTerminated));
    revoked.push(part);
  }
  const [revocations, terminations] = revoked;
  return { result: { source, rotations, revocations, terminations }, goals };
}

function span({ median, max }: { median: number; max: number }): string {
  return `${median.toFixed(3)} s (at most ${max.toFixed(3)} s)`;
}
