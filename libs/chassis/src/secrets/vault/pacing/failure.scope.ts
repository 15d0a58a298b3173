import { VaultError } from '../vault.error.ts';
import type { Purpose, VaultOperation } from '../vault.operations.ts';

/** Name of the trouble that all calls share. */
export const everything = 'everything';

/** A refusal is a plain answer here: the lease or the token has ended. */
const refusable = new Set<VaultOperation>([
  'lookup_token',
  'renew_token',
  'revoke_token',
  'renew_lease',
  'revoke_lease',
]);

/** What a failure says about other calls. */
export interface FailureScope {
  /** Names of the troubles that it adds to. */
  troubles: readonly string[];
  /** Somebody was bothered by the call. */
  isCounted: boolean;
  /** Vault is well, and refuses. */
  isAnswer: boolean;
}

/** @param key name of the trouble that calls for this purpose have alone */
export function scopeOf(key: string, { operation }: Purpose, error: unknown): FailureScope {
  if (!(error instanceof VaultError)) {
    return { troubles: [key], isCounted: true, isAnswer: false };
  }
  if (!error.isAilment) {
    const isExpected = refusable.has(operation);
    return { troubles: isExpected ? [] : [key], isCounted: !isExpected, isAnswer: true };
  }
  // It may be Vault, or only a part that this needs, such as Postgres.
  const troubles = error.kind === 'failed' ? [key, everything] : [everything];
  return { troubles, isCounted: error.kind !== 'unreachable', isAnswer: false };
}
