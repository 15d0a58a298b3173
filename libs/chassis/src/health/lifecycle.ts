/** The life of a service, seen by its probes. It only moves forward. */
export type LifecycleState = 'starting' | 'ready' | 'draining';

export class Lifecycle {
  #state: LifecycleState = 'starting';

  get state(): LifecycleState {
    return this.#state;
  }

  get isDraining(): boolean {
    return this.#state === 'draining';
  }

  /** The first credential generation serves and the API listens. */
  ready(): void {
    if (this.#state === 'starting') {
      this.#state = 'ready';
    }
  }

  /** No new work should come; what is here finishes. */
  drain(): void {
    this.#state = 'draining';
  }
}
