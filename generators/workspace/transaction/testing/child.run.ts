import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { FolderChanges } from '../folder.changes.ts';
import { sampleChanges } from './sample.changes.ts';

const program = join(import.meta.dirname, 'commit.process.ts');

export interface ChildRun {
  readonly signal: NodeJS.Signals | null;
  readonly status: number | null;
  /** The steps that it began. */
  readonly steps: readonly string[];
  /** What it says to the user. */
  readonly said: string;
}

/** A signal that a process gives itself before the step of a number. */
export interface Blow {
  readonly at: number;
  readonly signal: NodeJS.Signals;
}

const textOf = ({ write, remove = [] }: FolderChanges): string =>
  JSON.stringify({
    write: [...write].map(([path, { mode, contents }]) => [path, mode, contents.toString('base64')]),
    remove,
  });

function run(parameters: readonly string[], input: string): ChildRun {
  const { signal, status, stdout, stderr } = spawnSync(process.execPath, [program, ...parameters], {
    encoding: 'utf8',
    input,
  });
  return { signal, status, steps: stdout.split('\n').filter(Boolean), said: stderr };
}

const blowOf = (blow: Blow | undefined): string[] => (blow ? [String(blow.at), blow.signal] : []);

/** Makes changes in a process of its own. */
export const commitInChild = (folder: string, blow?: Blow, changes = sampleChanges): ChildRun =>
  run([folder, 'commit', ...blowOf(blow)], textOf(changes));

/** Takes back in a process of its own what others have left half done. */
export const recoverInChild = (folder: string, blow?: Blow): ChildRun =>
  run([folder, 'recover', ...blowOf(blow)], '');

/** The same as {@link commitInChild}, while the caller does something else. */
export function startCommit(folder: string, blow?: Blow, changes = sampleChanges): ChildProcess {
  const child = spawn(process.execPath, [program, folder, 'commit', ...blowOf(blow)], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.stdin?.end(textOf(changes));
  return child;
}
