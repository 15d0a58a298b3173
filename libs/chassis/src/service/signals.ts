import type { Logger } from '../telemetry/index.ts';
import { Closers } from './closers.ts';
import type { RunningService } from './serve.ts';

const signals = ['SIGTERM', 'SIGINT'] as const;

/** Milliseconds for giving credentials back when there is no time left for anything else. */
const lastMoment = 2_000;

export interface SignalOptions {
  logger: Logger;
  /** Milliseconds that stopping may take. */
  deadline: number;
}

/** For what just gives up, soon and by itself. Terminals and process managers repeat signals: the others change nothing. */
export function onFirstSignal(listener: (name: NodeJS.Signals) => void): void {
  let isFirst = true;
  for (const name of signals) {
    process.on(name, () => {
      if (isFirst) {
        isFirst = false;
        listener(name);
      }
    });
  }
}

/** How a service that starts learns that it is to stop. */
export interface Stopping {
  /** Gives up starting. */
  signal: AbortSignal;
  /** What has to happen even when the service ends before everything has finished. */
  lastDuties: Closers;
}

/**
 * Starts a service and stops it at the first signal. At a second one or at the deadline it does its last duties and ends the
 * process; a third one ends it at once.
 *
 * @returns 0 when everything was finished and released
 */
export async function untilSignal(
  { logger, deadline }: SignalOptions,
  start: (stopping: Stopping) => Promise<RunningService>,
): Promise<number> {
  const abort = new AbortController();
  const lastDuties = new Closers();
  let isGivingUp = false;
  const { promise: signalled, resolve } = Promise.withResolvers<void>();
  const onSignal = (name: NodeJS.Signals) => {
    if (isGivingUp) {
      process.exit(1);
    }
    if (abort.signal.aborted) {
      giveUp('second signal', name);
      return;
    }
    logger.info('stopping', { 'process.signal': name });
    setTimeout(() => giveUp('deadline', name), deadline).unref();
    abort.abort();
    resolve();
  };
  const giveUp = (reason: string, name: NodeJS.Signals): void => {
    isGivingUp = true;
    logger.error(`stopped before everything had finished: ${reason}`, { 'process.signal': name });
    setTimeout(() => process.exit(1), lastMoment);
    void lastDuties
      .close()
      .catch((error: unknown) => logger.error('a last duty failed', {}, error))
      .then(() => process.exit(1));
  };
  for (const name of signals) {
    process.on(name, onSignal);
  }
  const service = await start({ signal: abort.signal, lastDuties }).catch((error: unknown) => {
    if (abort.signal.aborted) {
      return undefined;
    }
    throw error;
  });
  await signalled;
  await service?.stop();
  logger.info('stopped');
  return isGivingUp ? 1 : 0;
}
