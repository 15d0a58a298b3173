import { SecretError } from '../../secret.source.ts';
import type { Pace } from '../pacing/patience.ts';
import type { VaultSession } from '../session/vault.session.ts';
import type { VaultToken } from '../session/vault.token.ts';
import { VaultError } from '../vault.error.ts';

const attempts = 3;
/** Milliseconds after which no further try begins. */
const patience = 5_000;

/**
 * Gives a lease back, so that its credential is gone when this resolves. The last try leaves the work to Vault, which goes on
 * trying. When Vault can't be had, the lease ends with its token, or by itself. Never rejects for any of that.
 */
export async function revokeLease(id: string, token: VaultToken, session: VaultSession): Promise<void> {
  const { clock, logger } = session;
  const giveUp = clock.now() + patience;
  const pace: Pace = { validUntil: giveUp, signal: AbortSignal.timeout(patience) };
  const purpose = { operation: 'revoke_lease', path: 'sys/leases' } as const;
  let problem = 'no time left';
  for (let attempt = 1; attempt <= attempts && clock.now() < giveUp; attempt++) {
    try {
      return await session.callUnder(token, purpose, pace, (client) =>
        client.revokeLease(token.value, id, attempt < attempts),
      );
    } catch (error) {
      problem = error instanceof SecretError ? error.message : problem;
      if (error instanceof VaultError && !error.isAilment) {
        if (error.kind === 'refused' && !token.over.aborted) {
          // Not by a policy that forbids it: the token lives.
          break;
        }
        return;
      }
    }
  }
  logger.warn('a lease stays until its token is revoked or it expires', { 'secret.problem': problem });
}
