import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { tailOf } from '../processes/log.tail.ts';
import { unlessMissing } from '../files/missing.file.ts';
import { StackError } from '../stack.error.ts';
import type { PostgresHome } from './postgres.home.ts';
import { runProgram, spawnProgram } from './server.program.ts';

const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 10;

/** `fast` ends sessions and writes everything down; `immediate` is a crash: the next start recovers. */
export type StopMode = 'fast' | 'immediate';

export interface Postmaster {
  /** Fulfilled as soon as the process has ended, for whatever reason. */
  exited: Promise<void>;
  stop(mode: StopMode): Promise<void>;
}

/**
 * Starts the server and waits until it takes connections.
 *
 * @throws StackError with the end of its log when it doesn't get there
 */
export async function startPostmaster(
  home: PostgresHome,
  settings: string[],
  env: Record<string, string>,
): Promise<Postmaster> {
  const log = await open(home.logFile, 'a', 0o600);
  const stdio = ['ignore' as const, log.fd, log.fd];
  const child = spawnProgram(home, 'postgres', ['-D', home.dataDirectory, ...settings], stdio, env);
  // Whoever exits without stopping Postgres (a test runner on ctrl-C) still ends it: it shuts down on its own.
  const farewell = () => child.kill('SIGINT');
  process.once('exit', farewell);
  const exited = once(child, 'exit').then(() => void process.off('exit', farewell));
  await log.close();
  await Promise.race([exited, becomesReady(home.dataDirectory, child)]);
  if (hasEnded(child)) {
    throw new StackError(
      `Postgres doesn't start. The end of ${home.logFile}:\n${await tailOf(home.logFile)}`,
    );
  }
  return { exited, stop: (mode) => stopPostmaster(home, child, exited, mode) };
}

/** Line 8 of postmaster.pid is how pg_ctl knows, too. */
async function becomesReady(dataDirectory: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!hasEnded(child) && Date.now() < deadline) {
    // oxlint-disable-next-line no-await-in-loop -- polling
    const lines = (await unlessMissing(readFile(join(dataDirectory, 'postmaster.pid'), 'utf8')))?.split('\n');
    if (lines?.[0] === String(child.pid) && lines[7]?.trim() === 'ready') return;
    // oxlint-disable-next-line no-await-in-loop -- polling
    await delay(POLL_MS);
  }
  if (hasEnded(child)) return;
  child.kill('SIGKILL');
  throw new StackError(`Postgres isn't ready after ${READY_TIMEOUT_MS / 1000} seconds; see its log.`);
}

async function stopPostmaster(
  home: PostgresHome,
  child: ChildProcess,
  exited: Promise<void>,
  mode: StopMode,
) {
  if (hasEnded(child)) return;
  const { code, output } = await runProgram(home, 'pg_ctl', [
    'stop',
    '-D',
    home.dataDirectory,
    '-m',
    mode,
    '-w',
    '-t',
    '20',
  ]);
  if (code !== 0 && !hasEnded(child))
    throw new StackError(`Postgres (pid ${child.pid}) doesn't stop:\n${output}`);
  await exited;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
