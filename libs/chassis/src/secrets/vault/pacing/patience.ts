import { evenPause } from './call.window.ts';
import type { Trouble } from './trouble.ts';

/** How long a caller can wait for its turn. */
export interface Pace {
  /** Until when it can do without, in milliseconds of the clock; undefined when it has nothing yet. */
  validUntil: number | undefined;
  /** Gives up waiting; a call under way is finished. */
  signal: AbortSignal;
}

/** Milliseconds between tries where nobody answers connections: nobody is bothered. */
const pauseBeforeNobody = 3_000;

/**
 * However long the backoff, this caller doesn't wait beyond: a quarter of what it has left, but never less than the pause that
 * can be kept up. Tries that are crowded before the end would be missing after it.
 *
 * @returns milliseconds of the clock
 */
export function latestStart(now: number, { validUntil = 0 }: Pace, { kind }: Trouble): number {
  const pause = kind === 'unreachable' ? pauseBeforeNobody : evenPause;
  return now + Math.max((validUntil - now) / 4, pause);
}
