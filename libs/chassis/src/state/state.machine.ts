/** Each state with those that may follow it. A state without followers is final. */
export type Transitions<State extends string> = Readonly<Record<State, readonly State[]>>;

/** The state of one thing, which changes only along declared transitions; each change is announced once. */
export class StateMachine<State extends string> {
  #state: State;

  /** @param onTransition called after each change, in order */
  constructor(
    private readonly transitions: Transitions<State>,
    initial: State,
    private readonly onTransition: (next: State, previous: State) => void = () => undefined,
  ) {
    this.#state = initial;
  }

  get state(): State {
    return this.#state;
  }

  /**
   * Changes the state; does nothing when it is that one already.
   *
   * @throws TypeError for a transition that isn't declared: a defect of the caller
   */
  enter(next: State): void {
    const previous = this.#state;
    if (next === previous) {
      return;
    }
    if (!this.transitions[previous].includes(next)) {
      throw new TypeError(`no transition leads from ${previous} to ${next}`);
    }
    this.#state = next;
    this.onTransition(next, previous);
  }
}
