import type { Logger } from '../../../telemetry/index.ts';
import { SecretStatus } from '../../secret.status.ts';
import { type TokenState, tokenTransitions } from './token.states.ts';

/** State and problem of the token. */
export class TokenStatus extends SecretStatus<TokenState> {
  constructor(name: string, logger: Logger) {
    super({ name, logger, transitions: tokenTransitions, initial: 'UNAUTHENTICATED' });
  }
}
