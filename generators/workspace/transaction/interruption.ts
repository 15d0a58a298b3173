const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Thrown at the next step after a signal. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Holds the signals that end a process until what was begun is finished or taken back. */
export class Interruption {
  #signal: NodeJS.Signals | undefined;
  readonly #hold = (signal: NodeJS.Signals): void => {
    this.#signal ??= signal;
  };

  constructor() {
    for (const signal of signals) process.on(signal, this.#hold);
  }

  /** @throws Interrupted when a signal has come. */
  check(): void {
    if (this.#signal !== undefined) throw new Interrupted(`${this.#signal} while files were written.`);
  }

  /** Lets go: a signal that was held ends the process now, with the exit code that callers know it by. */
  close(): void {
    for (const signal of signals) process.off(signal, this.#hold);
    if (this.#signal !== undefined) process.kill(process.pid, this.#signal);
  }
}
