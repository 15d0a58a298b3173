import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { StackError } from '../stack.error.ts';
import { managementUrl } from './service.ports.ts';
import { failureOf, hasEnded, type ServiceRun } from './service.process.ts';

const TIMEOUT_MS = 60_000;
const POLL_MS = 50;

/**
 * Waits until the service says it is ready.
 *
 * @throws StackError when it ends before, or takes too long
 */
export async function waitUntilReady(
  run: ServiceRun,
  child: ChildProcess,
  signal: AbortSignal,
): Promise<void> {
  const url = `${managementUrl(run.environment)}/readyz`;
  const deadline = Date.now() + TIMEOUT_MS;
  while (!hasEnded(child) && Date.now() < deadline) {
    signal.throwIfAborted();
    // oxlint-disable-next-line no-await-in-loop -- polling
    if (await answersOk(url)) return;
    // oxlint-disable-next-line no-await-in-loop -- polling
    await delay(POLL_MS);
  }
  signal.throwIfAborted();
  if (hasEnded(child)) throw await failureOf(run, child, `${run.service.name} ended while starting`);
  throw new StackError(`${run.service.name} isn't ready after ${TIMEOUT_MS / 1000} seconds (${url}).`);
}

async function answersOk(url: string): Promise<boolean> {
  try {
    const { status } = await fetch(url, { signal: AbortSignal.timeout(2000) });
    return status === 200;
  } catch {
    return false;
  }
}
