import type { Logger } from '../../../telemetry/index.ts';
import type { Clock } from '../../../timing/index.ts';
import { SecretError } from '../../secret.source.ts';
import type { Change } from '../../secret.status.ts';
import type { Pace } from '../pacing/patience.ts';
import { keepUp, type Renewal } from '../upkeep/keep.up.ts';
import { VaultError } from '../vault.error.ts';
import type { TokenState } from './token.states.ts';
import type { Exchange, Exchanges } from './exchanges.ts';
import type { VaultToken } from './vault.token.ts';

export interface TokenKeeping {
  /** For logs. */
  name: string;
  exchanges: Pick<Exchanges, 'run'>;
  clock: Clock;
  logger: Logger;
  isCurrent: () => boolean;
  enter: (state: TokenState, change: Change<TokenState>) => void;
  /** Gets its successor. */
  replace: (pace: Pace) => Promise<void>;
}

/** Renews a token, and logs in anew in time. */
export function keepToken(token: VaultToken, keeping: TokenKeeping): Promise<void> {
  const { name, clock, logger, isCurrent, replace } = keeping;
  const pace = (): Pace => ({ validUntil: token.expiresAt, signal: token.over });
  return keepUp(
    {
      term: token.term,
      get expiresAt() {
        return token.expiresAt;
      },
      over: token.over,
      ending: token.ending,
      isReplaced: () => !isCurrent(),
      renew: () => renew(token, pace(), keeping),
      replace: () =>
        replace(pace()).catch((error: unknown) => {
          if (error instanceof SecretError) {
            logger.warn('no successor of the token yet', {
              'secret.name': name,
              'secret.problem': error.message,
            });
          }
          throw error;
        }),
    },
    clock,
  );
}

async function renew(
  token: VaultToken,
  pace: Pace,
  { exchanges, clock, isCurrent, enter }: TokenKeeping,
): Promise<Renewal> {
  const show: TokenKeeping['enter'] = (...change) => {
    if (isCurrent()) {
      enter(...change);
    }
  };
  const exchange: Exchange<'renewed' | 'truncated'> = async (client) => {
    const from = clock.now();
    return token.term.extend(await client.renewToken(token.value, token.term.asked), from);
  };
  show('RENEWING', { from: ['AUTHENTICATED'] });
  try {
    const purpose = { operation: 'renew_token', path: 'auth/token' } as const;
    const outcome = await exchanges.run(purpose, pace, exchange, () => token);
    if (outcome === 'renewed') {
      show('AUTHENTICATED', { from: ['RENEWING', 'AUTHENTICATING'] });
    }
    return outcome;
  } catch (error) {
    const problem = error instanceof SecretError ? error.message : undefined;
    show('AUTHENTICATED', { from: ['RENEWING'], problem });
    if (error instanceof VaultError && !error.isAilment) {
      return 'refused';
    }
    throw error;
  }
}
