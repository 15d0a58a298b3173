import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../../telemetry/index.ts';
import type { Clock } from '../../../timing/index.ts';
import type { VaultClient } from '../client/vault.client.ts';
import { VaultError } from '../vault.error.ts';
import type { VaultToken } from './vault.token.ts';

const attempts = 2;
/** Milliseconds between them. */
const pause = 250;

export interface Revocation {
  client: VaultClient;
  clock: Clock;
  logger: Logger;
}

/**
 * Gives a token back, with all leases under it. Doesn't wait at the gate: there is little time at the end, and few tries.
 *
 * @returns whether Vault doesn't know it any more
 */
export async function revokeToken(
  token: VaultToken,
  { client, clock, logger }: Revocation,
): Promise<boolean> {
  for (let attempt = 1; token.expiresAt > clock.now(); attempt++) {
    const failure = await client.revokeToken(token.value).then(() => undefined, asVaultError);
    if (failure === undefined || failure.kind === 'refused') {
      return true;
    }
    if (attempt === attempts) {
      logger.warn('a token stays until it expires', {
        'secret.name': 'vault-token',
        'secret.problem': failure.message,
      });
      return false;
    }
    await delay(pause);
  }
  return true;
}

function asVaultError(error: unknown): VaultError {
  if (error instanceof VaultError) {
    return error;
  }
  throw error;
}
