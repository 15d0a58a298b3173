import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { unlessMissing } from '../files/missing.file.ts';
import { StackError } from '../stack.error.ts';
import type { WorkspaceService } from './workspace.service.ts';

export type BuildService = (
  workspaceRoot: string,
  service: WorkspaceService,
  signal: AbortSignal,
) => Promise<void>;

/**
 * Builds a service and the libraries it needs, from the cache when nothing has changed.
 *
 * @throws StackError with the build's output when it fails
 */
export const buildWithNx: BuildService = async (workspaceRoot, service, signal) => {
  const child = spawn(process.execPath, [findNx(workspaceRoot), 'build', service.name], {
    cwd: workspaceRoot,
    env: { ...process.env, NX_TUI: 'false', NX_DAEMON: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that ctrl-C reaches the build only through us.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const interrupt = () => stopBuild(child);
  signal.addEventListener('abort', interrupt, { once: true });
  const closed = once(child, 'close');
  const output = await Promise.all([text(child.stdout), text(child.stderr)]);
  await closed;
  signal.removeEventListener('abort', interrupt);
  signal.throwIfAborted();
  if (child.exitCode !== 0)
    throw new StackError(`${service.name} can't be built:\n${output.join('').trim()}`);
  if (!(await unlessMissing(stat(service.mainFile)))) {
    throw new StackError(`The build of ${service.name} left no ${service.mainFile}.`);
  }
};

/** With all that the build itself has started. */
function stopBuild(child: ChildProcess): void {
  if (process.platform === 'win32' || child.pid === undefined) child.kill();
  else process.kill(-child.pid, 'SIGTERM');
}

function findNx(workspaceRoot: string): string {
  try {
    return createRequire(join(workspaceRoot, 'package.json')).resolve('nx/bin/nx.js');
  } catch {
    throw new StackError('Nx, which builds the services, is not installed: run "npm ci" first.');
  }
}
