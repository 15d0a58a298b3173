import type { Figures } from '../load/measured.stretch.ts';
import { poolSize } from './bench.context.ts';
import type { OutageResult } from './outage.part.ts';
import type { Remains } from './part.remains.ts';
import type { RevocationsResult } from './revocations.part.ts';
import type { RotationsResult } from './rotations.part.ts';

/** One thing that must hold. */
export interface Goal {
  name: string;
  isMet: boolean;
  /** What was found. */
  found: string;
}

/** Failed units without which a negative control has shown nothing. */
const leastOfControl = 100;

export function rotationGoals(source: string, result: RotationsResult, options: { ratio: number }): Goal[] {
  const { during, without, mostSessions, ratio } = result;
  const budget = 2 * poolSize;
  return [
    failsNothing(`${source}: no unit fails without changes`, without),
    failsNothing(`${source}: no unit fails in ${result.rotations} rotations`, during),
    {
      name: `${source}: p99 during rotations at most ${options.ratio} times that without`,
      isMet: ratio <= options.ratio,
      found: `×${ratio.toFixed(2)}`,
    },
    {
      name: `${source}: at most ${budget} sessions at once`,
      isMet: mostSessions > 0 && mostSessions <= budget,
      found: String(mostSessions),
    },
    ...remainGoals(source, result, 0),
  ];
}

export function revocationGoals(source: string, result: RevocationsResult, isTerminated: boolean): Goal[] {
  const { figures, unknownOutcomes, revocations } = result;
  const unknown = Object.entries(figures.failures)
    .filter(([name]) => name.startsWith('OutcomeUnknown'))
    .reduce((sum, [, count]) => sum + count, 0);
  const name = `${source}: ${revocations} revocations`;
  if (!isTerminated) {
    return [failsNothing(`${name}: no unit fails`, figures), ...remainGoals(name, result, 0)];
  }
  return [
    {
      name: `${name} with sessions terminated: only units whose commit was under way fail`,
      isMet: figures.failed === unknown,
      found: told(figures),
    },
    {
      name: `${name} with sessions terminated: each of them is counted as of unknown outcome`,
      isMet: unknownOutcomes === unknown,
      found: `${unknownOutcomes} counted, ${unknown} failed so`,
    },
    ...remainGoals(`${name} with sessions terminated`, result, unknown),
  ];
}

export function outageGoals(result: OutageResult): Goal[] {
  const { figures, sealedSeconds, failedWhileSealed, timeline } = result;
  const states = timeline.map(({ what }) => what);
  const name = `vault: sealed for ${sealedSeconds} s`;
  return [
    failsNothing(
      `${name}: no unit fails, meanwhile and afterwards (${failedWhileSealed} meanwhile)`,
      figures,
    ),
    {
      name: `${name}: longer than the lease`,
      isMet: states.includes('STALE'),
      found: states.includes('STALE') ? 'STALE' : 'never STALE',
    },
    ...remainGoals(name, result, 0),
  ];
}

export function controlGoal(figures: Figures): Goal {
  const isMet = figures.failed >= leastOfControl;
  const found = `${told(figures)}${isMet ? '' : ': the control did not fail'}`;
  return { name: `${figures.title} fails ${leastOfControl} units or more`, isMet, found };
}

export function failsNothing(name: string, figures: Figures): Goal {
  return { name, isMet: figures.units > 0 && figures.failed === 0, found: told(figures) };
}

/** @param unknown writes that Postgres may or may not have */
function remainGoals(source: string, remains: Remains, unknown: number): Goal[] {
  const { writes, changes, oldSessions, liveRoles } = remains;
  return [
    {
      name: `${source}: every write is there once`,
      isMet: changes >= writes && changes <= writes + unknown,
      found: `${changes} in Postgres, ${writes} fulfilled`,
    },
    {
      name: `${source}: no session of an old role is left`,
      isMet: oldSessions === 0,
      found: String(oldSessions),
    },
    ...(liveRoles === undefined
      ? []
      : [{ name: `${source}: one role is left`, isMet: liveRoles === 1, found: String(liveRoles) }]),
  ];
}

function told({ units, failed, failures }: Figures): string {
  const reasons = Object.entries(failures).map(([name, count]) => `${count} × ${name}`);
  const most = reasons.slice(0, 5).join(', ');
  return `${failed} of ${units} units failed${most === '' ? '' : ` (${most})`}`;
}
