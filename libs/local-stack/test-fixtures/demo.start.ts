import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { identifyProcess, type ProcessIdentity } from '../src/processes/process.identity.ts';

const READY = 'Ctrl-C stops it.';
const PATIENCE_MS = 25_000;

/** One `npm start`, or another script, in a process of its own. */
export interface DemoStart {
  child: ChildProcess;
  /** All it has written so far. */
  output: () => string;
  /** Until it says that it is ready, or has ended. */
  settled: () => Promise<void>;
  /** Exit code. */
  ended: () => Promise<number | null>;
}

export function spawnScript(
  script: string,
  workspaceRoot: string,
  args: string[],
  env: Record<string, string>,
): DemoStart {
  const command = [join(import.meta.dirname, script), workspaceRoot, ...args];
  // Not the environment of the test runner, which says NODE_ENV=test.
  const bare = { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'] };
  const child = spawn(process.execPath, command, { env: { ...bare, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const closed = once(child, 'close');
  return {
    child,
    output: () => output,
    settled: async () => {
      const deadline = Date.now() + PATIENCE_MS;
      while (!output.includes(READY) && child.exitCode === null && Date.now() < deadline) {
        // oxlint-disable-next-line no-await-in-loop -- polling
        await delay(20);
      }
    },
    ended: async () => {
      await closed;
      return child.exitCode;
    },
  };
}

/** The requests a start has printed, as lines for a shell. */
export function curlsIn(output: string): string[] {
  return output.split('\n').filter((line) => line.startsWith('  curl '));
}

/** Runs a line in a shell and returns what it prints. */
export async function shell(line: string | undefined, directory: string): Promise<string> {
  return (await promisify(execFile)('sh', ['-c', line ?? 'exit 1'], { cwd: directory })).stdout;
}

/** Those of the processes that still run. */
export async function stillRunning(pids: number[]): Promise<ProcessIdentity[]> {
  return (await Promise.all(pids.map(identifyProcess))).filter((process) => process !== undefined);
}
