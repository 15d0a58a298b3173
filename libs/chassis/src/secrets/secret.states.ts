import { StateMachine, type Transitions } from '../state/index.ts';
import type { Logger } from '../telemetry/index.ts';
import type { SecretState } from './secret.source.ts';

/** A secret that is read from time to time. */
export const readTransitions = {
  ACTIVE: ['DEGRADED'],
  DEGRADED: ['ACTIVE'],
} as const satisfies Transitions<string>;

/** What may be waited out, as opposed to what somebody should look at. */
const worrying = new Set<SecretState>(['DEGRADED', 'STALE']);

export interface ObservedState<State extends SecretState> {
  /** For logs: `db-credentials`. */
  name: string;
  logger: Logger;
  transitions: Transitions<State>;
  initial: State;
  /** Why a worrying state was entered; never holds the secret. */
  problem: () => string | undefined;
}

/** The state of a secret; each transition is one event in the log. */
export function observedState<State extends SecretState>(options: ObservedState<State>): StateMachine<State> {
  const { name, logger, transitions, initial, problem } = options;
  return new StateMachine(transitions, initial, (next, previous) => {
    const isWorrying = worrying.has(next);
    logger[isWorrying ? 'warn' : 'info']('secret state changed', {
      'secret.name': name,
      'secret.state': next,
      'secret.previous_state': previous,
      ...(isWorrying && { 'secret.problem': problem() ?? '' }),
    });
  });
}
