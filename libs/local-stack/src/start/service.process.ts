import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { tailOf } from '../processes/log.tail.ts';
import { StackError } from '../stack.error.ts';
import type { RunFacts } from './state.directory.ts';
import type { WorkspaceService } from './workspace.service.ts';

/** The service has this long to drain; Kubernetes would give it longer. */
export const DRAIN_MS = 15_000;

export interface ServiceRun {
  service: WorkspaceService;
  workspaceRoot: string;
  environment: Record<string, string>;
  /** Undefined sends the log to the terminal. */
  logFile: string | undefined;
  /** For the record of what runs. */
  facts: RunFacts;
}

/** Starts the service's build output: the service itself, or one of its commands. */
export async function spawnService(run: ServiceRun, args: string[] = []): Promise<ChildProcess> {
  const log = run.logFile === undefined ? undefined : await open(run.logFile, 'a', 0o600);
  const output = log?.fd ?? 'inherit';
  const child = spawn(process.execPath, [run.service.mainFile, ...args], {
    cwd: run.workspaceRoot,
    env: run.environment,
    stdio: ['ignore', output, output],
    // A process group of its own: ctrl-C in the terminal would reach it twice, and the second one means "at once".
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const farewell = () => child.kill('SIGTERM');
  process.once('exit', farewell);
  child.once('exit', () => process.off('exit', farewell));
  await once(child, 'spawn');
  await log?.close();
  return child;
}

/**
 * Runs one of the service's commands to its end.
 *
 * @throws StackError with the end of its log when it fails
 */
export async function runServiceCommand(
  run: ServiceRun,
  command: string,
  signal: AbortSignal,
): Promise<void> {
  const child = await spawnService(run, [command]);
  const interrupt = () => child.kill('SIGTERM');
  signal.addEventListener('abort', interrupt, { once: true });
  await once(child, 'exit');
  signal.removeEventListener('abort', interrupt);
  signal.throwIfAborted();
  if (child.exitCode !== 0) throw await failureOf(run, child, `"${command}" of ${run.service.name} failed`);
}

/** Asks the service to stop, waits for its drain, and ends it when that takes too long or `force` says so. */
export async function stopService(child: ChildProcess, force: AbortSignal): Promise<void> {
  if (hasEnded(child)) return;
  const exited = once(child, 'exit');
  const kill = () => child.kill('SIGKILL');
  force.addEventListener('abort', kill, { once: true });
  child.kill(force.aborted ? 'SIGKILL' : 'SIGTERM');
  const patience = new AbortController();
  const deadline = delay(DRAIN_MS, undefined, { signal: patience.signal }).then(kill, () => false);
  await exited;
  patience.abort();
  await deadline;
  force.removeEventListener('abort', kill);
}

export async function failureOf(run: ServiceRun, child: ChildProcess, what: string): Promise<StackError> {
  const how = child.signalCode ?? `exit code ${child.exitCode}`;
  if (run.logFile === undefined) return new StackError(`${what} (${how}); its log is above.`);
  return new StackError(`${what} (${how}). The end of ${run.logFile}:\n${await tailOf(run.logFile)}`);
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
