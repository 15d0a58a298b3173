import { once } from 'node:events';
import { StackError } from '../stack.error.ts';
import { failureOf, hasEnded } from './service.process.ts';
import { StackClosers } from './stack.closers.ts';
import type { StackContext } from './stack.context.ts';
import { bringUp, type RunningStack } from './stack.steps.ts';
import { restartOnChange, watchSources } from './stack.watch.ts';
import { welcome } from './stack.welcome.ts';

/**
 * Starts a service with its surroundings and stays until the user stops it; then, as after any failure, nothing that was
 * started is left.
 *
 * @throws StackError when a part fails, while starting or later
 */
export async function runStack(context: StackContext): Promise<void> {
  const closers = new StackClosers();
  try {
    const stack = await bringUp(context, closers);
    // Before the user is told to go on: the first change may come at once.
    const sources = context.options.watch ? await watchSources(stack.run, context, closers) : undefined;
    context.progress.say(await welcome(stack, context));
    await (sources
      ? restartOnChange(sources, stack, context, closers)
      : staysUp(stack, context.interrupts.stop));
  } finally {
    await closers.closeAll();
  }
}

async function staysUp(stack: RunningStack, stop: AbortSignal): Promise<void> {
  const { child, run, database, vault } = stack;
  if (stop.aborted) return;
  if (hasEnded(child)) throw await failureOf(run, child, `${run.service.name} ended`);
  const ended = new AbortController();
  const { signal } = ended;
  const events = [
    once(stop, 'abort', { signal }).then(() => undefined),
    once(child, 'exit', { signal }).then(() => failureOf(run, child, `${run.service.name} ended`)),
    database.embedded?.exited.then(
      () => new StackError(`Postgres ended; see ${database.embedded?.logFile}.`),
    ),
    vault?.running.exited.then(() => new StackError(`Vault ended; see ${vault.logFile}.`)),
  ];
  const failure = await Promise.race(events.filter((event) => event !== undefined));
  ended.abort();
  if (failure) throw failure;
}
