import { StateMachine, type Transitions } from '../state/index.ts';
import type { Logger } from '../telemetry/index.ts';
import type { SecretState } from './secret.source.ts';

/** A secret that is read from time to time. */
export const readTransitions = {
  ACTIVE: ['DEGRADED'],
  DEGRADED: ['ACTIVE'],
} as const satisfies Transitions<string>;

/** What somebody should look at. */
const worrying = new Set(['DEGRADED', 'STALE'] satisfies SecretState[] as string[]);

export interface ObservedState<State extends string> {
  /** For logs: `db-credentials`. */
  name: string;
  logger: Logger;
  transitions: Transitions<State>;
  initial: State;
  /** Why a state was entered that somebody should look at; never holds the secret. */
  problem: () => string | undefined;
}

/** The state of a secret; each transition is one event in the log. */
export function observedState<State extends string>(options: ObservedState<State>): StateMachine<State> {
  const { name, logger, transitions, initial, problem } = options;
  return new StateMachine(transitions, initial, (next, previous) => {
    const found = worrying.has(next) ? problem() : undefined;
    logger[found === undefined ? 'info' : 'warn']('secret state changed', {
      'secret.name': name,
      'secret.state': next,
      'secret.previous_state': previous,
      ...(found !== undefined && { 'secret.problem': found }),
    });
  });
}
