import { LatencyTally, type Percentiles, percentilesOf } from './latency.tally.ts';
import type { LoadSubject, SaturatingLoad } from './saturating.load.ts';

/** One stretch of load and what came of it. */
export interface Stretch {
  tally: LatencyTally;
  seconds: number;
}

/** A stretch, or several as one, in figures. */
export interface Figures {
  title: string;
  units: number;
  unitsPerSecond: number;
  failed: number;
  failures: Record<string, number>;
  /** Milliseconds. */
  all: Percentiles | undefined;
  /** Milliseconds; only units that were under way while a credential changed. */
  around: Percentiles | undefined;
}

/**
 * Runs the load for as long as `work` takes.
 *
 * @throws whatever `work` throws, once the load has ended
 */
export async function measure(
  load: SaturatingLoad,
  subject: LoadSubject,
  work: (tally: LatencyTally) => Promise<unknown>,
): Promise<Stretch> {
  const tally = new LatencyTally();
  const end = new AbortController();
  const began = performance.now();
  const running = load.run(subject, tally, end.signal);
  try {
    await work(tally);
  } finally {
    end.abort();
    await running;
  }
  return { tally, seconds: (performance.now() - began) / 1_000 };
}

export function figuresOf(title: string, stretches: readonly Stretch[]): Figures {
  const whole = LatencyTally.of(stretches.map(({ tally }) => tally));
  const seconds = stretches.reduce((sum, stretch) => sum + stretch.seconds, 0);
  return {
    title,
    units: whole.units,
    unitsPerSecond: Math.round(whole.units / seconds),
    failed: whole.failed,
    failures: Object.fromEntries(whole.failures),
    all: percentilesOf(whole.all),
    around: percentilesOf(whole.around),
  };
}
