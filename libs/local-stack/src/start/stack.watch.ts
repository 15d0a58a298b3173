import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from '../files/missing.file.ts';
import { StackError } from '../stack.error.ts';
import { failureOf, hasEnded, type ServiceRun, stopService } from './service.process.ts';
import { SourceWatch } from './source.watch.ts';
import type { StackClosers } from './stack.closers.ts';
import type { StackContext } from './stack.context.ts';
import { type RunningStack, startService } from './stack.steps.ts';

/** Watches what the service is built from, until the closers close it. */
export async function watchSources(
  { service }: ServiceRun,
  { workspaceRoot }: StackContext,
  closers: StackClosers,
): Promise<SourceWatch> {
  const sources = new SourceWatch(await sourceFolders(workspaceRoot, service.directory));
  closers.add(async () => sources.close());
  return sources;
}

/**
 * Builds and starts the service anew whenever a source file changes, until the user stops it. A build that fails leaves the
 * last service running; a service that ends waits for the next change.
 */
export async function restartOnChange(
  sources: SourceWatch,
  stack: RunningStack,
  context: StackContext,
  closers: StackClosers,
): Promise<void> {
  const { progress, interrupts } = context;
  const stopped = once(interrupts.stop, 'abort');
  reportEnd(stack, stack.child, context);
  while (!interrupts.stop.aborted) {
    // oxlint-disable-next-line no-await-in-loop -- one change after the other
    await Promise.race([sources.changed(), stopped]);
    if (interrupts.stop.aborted) return;
    // oxlint-disable-next-line no-await-in-loop
    await restart(stack, context, closers).catch((error: unknown) => {
      if (!(error instanceof StackError)) throw error;
      progress.say(`\n${error.message}\n\nWaiting for the next change.`);
    });
  }
}

async function restart(stack: RunningStack, context: StackContext, closers: StackClosers): Promise<void> {
  const { run, state } = stack;
  const { progress, interrupts, workspaceRoot } = context;
  const build = () => context.build(workspaceRoot, run.service, interrupts.stop);
  await progress.step(`Build ${run.service.name}`, build);
  await stopService(stack.child, interrupts.force);
  stack.child = await startService(context, run, state, closers);
  reportEnd(stack, stack.child, context);
}

/** Of a service that ends although nobody has stopped it. */
function reportEnd(stack: RunningStack, child: ChildProcess, { progress, interrupts }: StackContext): void {
  child.once('exit', async (code) => {
    if (code === 0 || interrupts.stop.aborted || !hasEnded(child)) return;
    const { message } = await failureOf(stack.run, child, `${stack.run.service.name} ended`);
    progress.say(`\n${message}\n\nWaiting for the next change.`);
  });
}

/** What the service is built from. */
async function sourceFolders(workspaceRoot: string, service: string): Promise<string[]> {
  const libs = join(workspaceRoot, 'libs');
  const names = (await unlessMissing(readdir(libs))) ?? [];
  const candidates = [join(service, 'src'), ...names.map((name) => join(libs, name, 'src'))];
  const found = await Promise.all(candidates.map((folder) => unlessMissing(stat(folder))));
  return candidates.filter((_, index) => found[index]);
}
