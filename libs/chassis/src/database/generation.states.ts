import type { Transitions } from '../state/index.ts';

/**
 * The life of a pool generation. PREPARING: connects and proves its credential; CURRENT: new units of work begin here;
 * DRAINING: only those that began here go on; CLOSED: it has no session left; REVOKED: its credential is given back.
 */
export const generationTransitions = {
  PREPARING: ['CURRENT', 'CLOSED'],
  CURRENT: ['DRAINING'],
  DRAINING: ['CLOSED'],
  CLOSED: ['REVOKED'],
  REVOKED: [],
} as const satisfies Transitions<string>;

export type GenerationState = keyof typeof generationTransitions;

export const generationStates = Object.keys(generationTransitions) as GenerationState[];
