import type { Logger } from '../../../telemetry/index.ts';
import { SecretError } from '../../secret.source.ts';
import { SecretStatus } from '../../secret.status.ts';
import { type LeaseState, leaseTransitions } from './lease.states.ts';

/** State and problem of a secret with a lease. Once REVOKED, whatever was still under way changes nothing. */
export class LeaseStatus extends SecretStatus<LeaseState> {
  constructor(name: string, logger: Logger) {
    super({ name, logger, transitions: leaseTransitions, initial: 'ISSUING' });
  }

  begin(state: 'RENEWING' | 'ROTATING'): void {
    this.enter(state, { from: ['ACTIVE', 'RENEWING'] });
  }

  succeed(): void {
    this.enter('ACTIVE', { from: ['ISSUING', 'RENEWING', 'ROTATING', 'DEGRADED', 'STALE'] });
  }

  /** The state; DEGRADED becomes STALE with the lease's end, which passes unnoticed until somebody looks. */
  stateWhen(isValid: boolean): LeaseState {
    if (!isValid) {
      this.enter('STALE', { from: ['DEGRADED'], problem: this.problem });
    }
    return this.state;
  }

  revoke(): void {
    this.enter('REVOKED');
  }

  /** Runs what is needed to keep the secret; a failure worries until the next success. */
  async orWorry<Result>(isValid: () => boolean, exchange: () => Promise<Result>): Promise<Result> {
    try {
      return await exchange();
    } catch (error) {
      if (error instanceof SecretError) {
        const next = isValid() ? 'DEGRADED' : 'STALE';
        const { message: problem } = error;
        this.enter(next, { from: ['RENEWING', 'ROTATING', 'DEGRADED', next], problem });
      }
      throw error;
    }
  }
}
