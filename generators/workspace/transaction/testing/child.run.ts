import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const program = join(import.meta.dirname, 'commit.process.ts');

export interface ChildRun {
  readonly signal: NodeJS.Signals | null;
  readonly status: number | null;
  readonly lines: readonly string[];
  readonly errors: string;
}

/** Makes the sample's changes in a process of its own, which gives itself a signal before the step of a number. */
export const commitInChild = (folder: string, at?: number, signal?: NodeJS.Signals): ChildRun =>
  run([folder, 'commit', ...(at === undefined ? [] : [String(at), signal ?? 'SIGINT'])]);

export const recoverInChild = (folder: string): ChildRun => run([folder, 'recover']);

function run(parameters: readonly string[]): ChildRun {
  const { signal, status, stdout, stderr } = spawnSync(process.execPath, [program, ...parameters], {
    encoding: 'utf8',
  });
  return { signal, status, lines: stdout.split('\n').filter(Boolean), errors: stderr };
}
