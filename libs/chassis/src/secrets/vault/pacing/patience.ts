import { evenPause } from './call.window.ts';
import type { Trouble } from './trouble.ts';

/** How long a caller can wait for its turn. */
export interface Pace {
  /** Until when it can do without, in milliseconds of the clock; undefined when it has nothing yet. */
  validUntil: number | undefined;
  /** Gives up waiting; a call under way is finished. */
  signal: AbortSignal;
}

/** Milliseconds between the tries of a process that has nothing yet and finds nobody there: nobody is bothered. */
const longestWaitForFirst = 3_000;
/** Milliseconds: a validity that runs out must not make tries without end. */
const shortestWait = 250;

/** Milliseconds of the clock: however long the backoff, this caller doesn't wait beyond. */
export function latestStart(now: number, { validUntil }: Pace, { kind }: Trouble): number {
  if (validUntil === undefined && kind === 'unreachable') {
    return now + longestWaitForFirst;
  }
  const remaining = (validUntil ?? 0) - now;
  return now + (remaining > 0 ? Math.max(remaining / 4, shortestWait) : evenPause);
}
