import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

/** Of what a load went through; in milliseconds. */
export interface Percentiles {
  p50: number;
  p90: number;
  p99: number;
  p999: number;
  max: number;
}

/** What became of the units of work of one stretch of load. */
export class LatencyTally {
  units = 0;
  /** Units whose promise rejected, by what they rejected with. */
  readonly failures = new Map<string, number>();
  /** Microseconds; failed units too, since their callers waited as well. */
  readonly all: RecordableHistogram = createHistogram();
  /** Only those that were under way while a credential changed. */
  readonly around: RecordableHistogram = createHistogram();
  #changes = 0;
  #lastChangeEnd = -Infinity;

  /** Several stretches as one. */
  static of(tallies: readonly LatencyTally[]): LatencyTally {
    const sum = new LatencyTally();
    for (const { units, failures, all, around } of tallies) {
      sum.units += units;
      sum.all.add(all);
      sum.around.add(around);
      for (const [name, count] of failures) sum.failures.set(name, (sum.failures.get(name) ?? 0) + count);
    }
    return sum;
  }

  get failed(): number {
    return [...this.failures.values()].reduce((sum, count) => sum + count, 0);
  }

  /** A credential changes from now on, until the returned function is called. */
  beginChange(): () => void {
    this.#changes += 1;
    return () => {
      this.#changes -= 1;
      this.#lastChangeEnd = performance.now();
    };
  }

  /** @param began milliseconds on the scale of `performance.now()` */
  record(began: number): void {
    const microseconds = Math.max(1, Math.round((performance.now() - began) * 1_000));
    this.units += 1;
    this.all.record(microseconds);
    if (this.#changes > 0 || this.#lastChangeEnd > began) this.around.record(microseconds);
  }

  recordFailure(error: unknown): void {
    const name = nameOf(error);
    this.failures.set(name, (this.failures.get(name) ?? 0) + 1);
  }
}

/** Undefined when nothing was recorded. */
export function percentilesOf(histogram: RecordableHistogram): Percentiles | undefined {
  if (histogram.count === 0) return undefined;
  const at = (percentile: number): number => histogram.percentile(percentile) / 1_000;
  return { p50: at(50), p90: at(90), p99: at(99), p999: at(99.9), max: histogram.max / 1_000 };
}

function nameOf(error: unknown): string {
  const { name = 'unknown', code, message } = error as { name?: string; code?: string; message?: string };
  return `${name} ${code ?? message ?? ''}`.trim();
}
