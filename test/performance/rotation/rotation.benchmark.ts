import { mutateInPlace, swapAndEnd } from '../controls/control.runs.ts';
import { SaturatingLoad } from '../load/saturating.load.ts';
import { tableHead, tableRows } from '../report/percentile.table.ts';
import { openBenchPostgres } from '../surroundings/bench.postgres.ts';
import { openFileStore } from '../surroundings/file.store.ts';
import { items } from '../surroundings/item.statements.ts';
import type { Figures } from '../load/measured.stretch.ts';
import { type BenchContext, workers } from './bench.context.ts';
import { controlGoal, type Goal } from './rotation.goals.ts';
import type { RotationOptions } from './rotation.options.ts';
import { runSource, type SourceResult } from './source.part.ts';

export interface RotationReport {
  options: RotationOptions;
  sources: SourceResult[];
  controls: Figures[];
  goals: Goal[];
}

/**
 * The whole benchmark, on a Postgres of its own that is gone afterwards.
 *
 * @throws the signal's reason when it was interrupted
 */
export async function runRotation(
  options: RotationOptions,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<RotationReport> {
  const postgres = await openBenchPostgres();
  try {
    const load = new SaturatingLoad({ workers, items });
    const context: BenchContext = { options, postgres, load, say, signal };
    const report: RotationReport = { options, sources: [], controls: [], goals: [] };
    say(tableHead());
    if (options.source !== 'vault') {
      const { result, goals } = await runSource(context, 'files', (events) =>
        openFileStore(postgres, events),
      );
      report.sources.push(result);
      report.goals.push(...goals);
    }
    for (const control of [mutateInPlace, swapAndEnd]) {
      // oxlint-disable-next-line no-await-in-loop -- one control after the other
      const figures = await control(context);
      tableRows(figures).forEach(say);
      report.controls.push(figures);
      report.goals.push(controlGoal(figures));
    }
    return report;
  } finally {
    await postgres.remove();
  }
}
