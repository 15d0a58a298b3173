import type { Transitions } from '../../../state/index.ts';

/**
 * A secret with a lease. DEGRADED and STALE last until a try succeeds; all the others last as long as the exchange that they
 * are named for.
 */
export const leaseTransitions = {
  ISSUING: ['ACTIVE', 'REVOKED'],
  ACTIVE: ['RENEWING', 'ROTATING', 'REVOKED'],
  RENEWING: ['ACTIVE', 'ROTATING', 'DEGRADED', 'STALE', 'REVOKED'],
  ROTATING: ['ACTIVE', 'DEGRADED', 'STALE', 'REVOKED'],
  DEGRADED: ['ACTIVE', 'STALE', 'REVOKED'],
  STALE: ['ACTIVE', 'REVOKED'],
  REVOKED: [],
} as const satisfies Transitions<string>;

export type LeaseState = keyof typeof leaseTransitions;
