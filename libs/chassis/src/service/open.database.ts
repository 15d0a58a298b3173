import { setTimeout as delay } from 'node:timers/promises';
import { type Database, DatabaseUnavailable } from '../database/index.ts';
import type { Logger } from '../telemetry/index.ts';

const firstDelay = 250;
const longestDelay = 5_000;

/**
 * Tries until the first generation serves: a service that starts before its database waits instead of crashing.
 * Delays double up to 5 s, with full jitter so that replicas don't knock together.
 */
export async function openDatabase(database: Database, logger: Logger, signal: AbortSignal): Promise<void> {
  for (let longest = firstDelay; ; longest = Math.min(longest * 2, longestDelay)) {
    try {
      return await database.open();
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) {
        throw error;
      }
      logger.warn('no database generation yet; trying again', {}, error);
      await delay(Math.random() * longest, undefined, { signal });
    }
  }
}
