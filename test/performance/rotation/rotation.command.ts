import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import type { BenchContext } from './bench.context.ts';
import { runRotation, type RotationReport } from './rotation.benchmark.ts';
import { HELP, parseRotationOptions } from './rotation.options.ts';

const defaultFile = join(import.meta.dirname, '../../reports/bench-rotation.json');

/**
 * `npm run bench -- rotation`
 *
 * @returns whether all goals are met
 * @throws Error for options that aren't understood
 */
export async function benchRotation(
  args: readonly string[],
  say: BenchContext['say'],
  signal: AbortSignal,
): Promise<boolean> {
  const options = parseRotationOptions(args);
  if (options.help) {
    say(HELP);
    return true;
  }
  const startedAt = new Date().toISOString();
  const report = await runRotation({ options, say, signal });
  const file = options.json ?? defaultFile;
  await mkdir(dirname(file), { recursive: true });
  const machine = {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpus: cpus().length,
  };
  await writeFile(
    file,
    `${JSON.stringify({ benchmark: 'rotation', startedAt, machine, ...report }, null, 2)}\n`,
  );
  say('');
  for (const { name, isMet, found } of report.goals) say(`${isMet ? 'met   ' : 'MISSED'} ${name}: ${found}`);
  say(`\nfigures: ${file}`);
  say(summaryOf(report));
  return report.goals.every(({ isMet }) => isMet);
}

/** The one line that says it all; units of unknown outcome, where sessions were terminated, are among the goals. */
export function summaryOf({ options, sources, outage, controls, goals }: RotationReport): string {
  const rotations = sources.reduce((sum, { rotations: part }) => sum + part.rotations, 0);
  const figures = sources.flatMap(({ rotations: part, revocations }) => [
    part.without,
    part.during,
    ...(revocations === undefined ? [] : [revocations.figures]),
  ]);
  if (outage !== undefined) figures.push(outage.figures);
  const units = figures.reduce((sum, part) => sum + part.units, 0);
  const failed = figures.reduce((sum, part) => sum + part.failed, 0);
  const ratios = sources.map(({ rotations: part }) => part.ratio);
  const p99 = ratios.length === 0 ? 'not measured' : `×${Math.max(...ratios).toFixed(1)}`;
  const missed = goals.filter(({ isMet }) => !isMet).length;
  const verdict = missed === 0 ? 'goals met' : `${missed} of ${goals.length} goals missed`;
  const failures = controls.map((control) => control.failed).join(' and ');
  return (
    `rotation: ${rotations} rotations, ${units} units, ${failed} failed, p99 ${p99} ` +
    `(goal ×${options.ratio}); controls failed ${failures}: ${verdict}`
  );
}
