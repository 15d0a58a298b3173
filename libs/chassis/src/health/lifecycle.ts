/** The life of a service, seen by its probes. It only moves forward. */
export type LifecycleState = 'starting' | 'ready' | 'draining';

export class Lifecycle {
  #state: LifecycleState = 'starting';
  readonly #explanations: (() => string | undefined)[] = [];

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

  /** Adds a part that can say what keeps it from working as it should; it is asked at each probe and never quotes a secret. */
  explain(explanation: () => string | undefined): void {
    this.#explanations.push(explanation);
  }

  /** What is wrong now, a line each, whether or not it costs the readiness. */
  get problems(): string[] {
    return this.#explanations.map((explanation) => explanation()).filter((line) => line !== undefined);
  }
}
