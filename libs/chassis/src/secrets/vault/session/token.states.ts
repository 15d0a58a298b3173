import type { Transitions } from '../../../state/index.ts';

/**
 * The service's token at Vault. AUTHENTICATING begins as soon as another token is wanted; the one that is there serves on until
 * the next is there or it has expired.
 */
export const tokenTransitions = {
  UNAUTHENTICATED: ['AUTHENTICATING'],
  AUTHENTICATING: ['AUTHENTICATED', 'UNAUTHENTICATED'],
  AUTHENTICATED: ['RENEWING', 'AUTHENTICATING', 'UNAUTHENTICATED'],
  RENEWING: ['AUTHENTICATED', 'AUTHENTICATING', 'UNAUTHENTICATED'],
} as const satisfies Transitions<string>;

export type TokenState = keyof typeof tokenTransitions;
