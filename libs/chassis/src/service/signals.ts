import type { Logger } from '../telemetry/index.ts';
import type { RunningService } from './serve.ts';

const signals = ['SIGTERM', 'SIGINT'] as const;

export interface SignalOptions {
  logger: Logger;
  /** Milliseconds that stopping may take. */
  deadline: number;
}

/**
 * Starts a service and stops it at the first signal. A second signal or the deadline ends the process at once.
 *
 * @returns 0 when everything was finished and released
 */
export async function untilSignal(
  { logger, deadline }: SignalOptions,
  start: (signal: AbortSignal) => Promise<RunningService>,
): Promise<number> {
  const abort = new AbortController();
  const { promise: signalled, resolve } = Promise.withResolvers<void>();
  const onSignal = (name: NodeJS.Signals) => {
    if (abort.signal.aborted) {
      giveUp('second signal', name);
    }
    logger.info('stopping', { 'process.signal': name });
    setTimeout(() => giveUp('deadline', name), deadline).unref();
    abort.abort();
    resolve();
  };
  const giveUp = (reason: string, name: NodeJS.Signals): never => {
    logger.error(`stopped before everything had finished: ${reason}`, { 'process.signal': name });
    process.exit(1);
  };
  for (const name of signals) {
    process.on(name, onSignal);
  }
  const service = await start(abort.signal).catch((error: unknown) => {
    if (abort.signal.aborted) {
      return undefined;
    }
    throw error;
  });
  await signalled;
  await service?.stop();
  logger.info('stopped');
  return 0;
}
