import type { Percentiles } from '../load/latency.tally.ts';
import type { Figures } from '../load/measured.stretch.ts';

const titleWidth = 34;
const width = 9;
const columns = ['units', 'units/s', 'failed', 'p50 ms', 'p90', 'p99', 'p99.9', 'max'];

/** Heads the rows that {@link tableRows} gives. */
export function tableHead(): string {
  return row('', columns);
}

/** The figures of one stretch; where credentials changed, those around the changes in a row of their own. */
export function tableRows({ title, units, unitsPerSecond, failed, all, around }: Figures): string[] {
  const rows = [row(title, [String(units), String(unitsPerSecond), String(failed), ...cells(all)])];
  if (around !== undefined) rows.push(row('  around the changes', ['', '', '', ...cells(around)]));
  return rows;
}

function cells(percentiles: Percentiles | undefined): string[] {
  if (percentiles === undefined) return [];
  const { p50, p90, p99, p999, max } = percentiles;
  return [p50, p90, p99, p999, max].map((milliseconds) => milliseconds.toFixed(1));
}

function row(title: string, texts: readonly string[]): string {
  return title.padEnd(titleWidth) + texts.map((text) => text.padStart(width)).join('');
}
