import { setTimeout as delay } from 'node:timers/promises';
import type { LatencyTally } from '../load/latency.tally.ts';
import { type Figures, figuresOf, measure, type Stretch } from '../load/measured.stretch.ts';
import type { OpenStore } from '../surroundings/credential.store.ts';
import type { BenchContext } from './bench.context.ts';
import { countChanges, type Remains, remainsOf } from './part.remains.ts';
import { type OpenSubject, withSubject } from './open.subject.ts';

export interface RotationsResult extends Remains {
  rotations: number;
  without: Figures;
  during: Figures;
  /** Median p99 of the rounds with changes, in times of that of the rounds without. */
  ratio: number;
  /** Seconds from a new credential to the generation that uses it; the median and the longest. */
  swapSeconds: { median: number; max: number };
  /** Seconds from there to the last session of the generation before. */
  drainSeconds: { median: number; max: number };
  mostSessions: number;
}

/** Rounds of load without and with changes of credential. */
export async function rotateUnderLoad(context: BenchContext, openStore: OpenStore): Promise<RotationsResult> {
  return withSubject(context, 'bench-rotations', openStore, async (open) => {
    const { load, options, signal } = context;
    const { subject } = open;
    const calm = (seconds: number) =>
      measure(load, subject, () => delay(seconds * 1_000, undefined, { signal }));
    // Code paths get warm, all sessions open.
    await calm(Math.min(1, options.seconds));
    const before = await countChanges(context);
    const [without, during]: [Stretch[], Stretch[]] = [[], []];
    const [swaps, drains]: [number[], number[]] = [[], []];
    for (let round = 0; round < options.rounds; round++) {
      // oxlint-disable no-await-in-loop -- one round after the other
      without.push(await calm(options.seconds));
      const count = share(options.rotations, options.rounds, round);
      const rotating = (tally: LatencyTally) => rotateTimes(context, open, tally, { count, swaps, drains });
      during.push(await measure(load, subject, rotating));
      // oxlint-enable no-await-in-loop
      context.say(`  round ${round + 1} of ${options.rounds}: ${count} changes`);
    }
    const name = open.store.name;
    return {
      rotations: swaps.length,
      without: figuresOf(`${name}, no changes`, without),
      during: figuresOf(`${name}, rotations`, during),
      ratio: median(p99sOf(during)) / median(p99sOf(without)),
      swapSeconds: { median: median(swaps), max: Math.max(...swaps) },
      drainSeconds: { median: median(drains), max: Math.max(...drains) },
      mostSessions: open.sessions.most,
      ...(await remainsOf(context, open, before)),
    };
  });
}

async function rotateTimes(
  { options, signal }: BenchContext,
  { subject, store }: OpenSubject,
  tally: LatencyTally,
  { count, swaps, drains }: { count: number; swaps: number[]; drains: number[] },
): Promise<void> {
  for (let time = 0; time < count; time++) {
    // oxlint-disable no-await-in-loop -- one change after the other
    await delay(options.pace, undefined, { signal });
    const { generation } = subject.database;
    const end = tally.beginChange();
    const began = performance.now();
    await store.rotate();
    await subject.isSucceeded(generation);
    const swapped = performance.now();
    await subject.isClosed(generation);
    const drained = performance.now();
    end();
    swaps.push((swapped - began) / 1_000);
    drains.push((drained - swapped) / 1_000);
    await store.retire();
    // oxlint-enable no-await-in-loop
  }
}

/** As even as it gets. */
function share(total: number, parts: number, index: number): number {
  return Math.floor((total * (index + 1)) / parts) - Math.floor((total * index) / parts);
}

function p99sOf(stretches: readonly Stretch[]): number[] {
  return stretches.map(({ tally }) => tally.all.percentile(99));
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
