import { type Database, DatabaseUnavailable } from '../database/index.ts';
import type { Logger } from '../telemetry/index.ts';
import { Backoff, systemClock, untilAborted } from '../timing/index.ts';

/**
 * Tries until the first generation serves: a service that starts before its database waits instead of crashing.
 *
 * @throws the signal's reason; the database is to be closed then
 */
export async function openDatabase(database: Database, logger: Logger, signal: AbortSignal): Promise<void> {
  const backoff = new Backoff({ first: 250, longest: 5_000 });
  for (;;) {
    try {
      return await untilAborted(database.open(), signal);
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) {
        throw error;
      }
      logger.warn('no database generation yet; trying again', {}, error);
      await systemClock.sleepUntil(systemClock.now() + backoff.next(), signal);
    }
  }
}
