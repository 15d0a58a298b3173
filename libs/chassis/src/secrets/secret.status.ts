import type { StateMachine } from '../state/index.ts';
import { observedState, type ObservedState } from './secret.states.ts';

export interface Change<State extends string> {
  /** Only in one of these; in any when undefined. */
  from?: readonly State[];
  /** Why it isn't as it should be, for people. */
  problem?: string;
}

/** State and problem of a secret, which change together. */
export class SecretStatus<State extends string> {
  readonly #machine: StateMachine<State>;
  #problem: string | undefined;

  constructor(options: Omit<ObservedState<State>, 'problem'>) {
    this.#machine = observedState({ ...options, problem: () => this.#problem });
  }

  get state(): State {
    return this.#machine.state;
  }

  get problem(): string | undefined {
    return this.#problem;
  }

  enter(next: State, { from, problem }: Change<State> = {}): void {
    if (from?.includes(this.state) !== false) {
      this.#problem = problem;
      this.#machine.enter(next);
    }
  }
}
