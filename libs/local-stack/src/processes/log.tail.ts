import { readFile } from 'node:fs/promises';
import { unlessMissing } from '../files/missing.file.ts';

/** The last lines of a log file, each indented for an error message; empty when there is no such file. */
export async function tailOf(file: string, lines = 15): Promise<string> {
  const text = (await unlessMissing(readFile(file, 'utf8'))) ?? '';
  return text
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .map((line) => `  ${line}`)
    .join('\n');
}
