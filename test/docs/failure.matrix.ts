import type { Finding } from '../finding.ts';
import type { Texts } from '../repository.files.ts';

/** Names of the rows of the table under the heading "Failures". */
export function matrixRows(text: string): string[] {
  const [, section = ''] = text.split(/^## Failures$/m);
  return Array.from(section.matchAll(/^\| *([^|]+?) *\|/gm), ([, name = '']) => name).slice(2);
}

/** What titles of tests say they show: `(matrix: name of the row)`. */
function claims(texts: Texts): { row: string; path: string; line: number }[] {
  return [...texts].flatMap(([path, text]) =>
    Array.from(text.matchAll(/\(matrix: ([^)]+)\)/g), ({ 1: row = '', index }) => ({
      row,
      path,
      line: text.slice(0, index).split('\n').length,
    })),
  );
}

/** Rows that no test shows, and tests that show a row that isn't there. */
export function matrixErrors(rows: readonly string[], texts: Texts): Finding[] {
  const found = claims(texts);
  return [
    ...rows
      .filter((row) => !found.some((claim) => claim.row === row))
      .map((row) => ({ path: 'docs/rotation.md', line: 1, message: `no test shows: ${row}` })),
    ...found
      .filter(({ row }) => !rows.includes(row))
      .map(({ row, path, line }) => ({ path, line, message: `no such row: ${row}` })),
  ];
}
