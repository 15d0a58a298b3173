/** Calls that an ailing store gets from one process, and the milliseconds in which it gets them. */
const mostCalls = 10;
const windowLength = 60_000;

/** Remembers calls, to keep their number in any window below a limit. */
export class CallWindow {
  #starts: number[] = [];

  /** When the next call may be made, in milliseconds of the clock; may have passed. */
  get opensAt(): number {
    const oldest = this.#starts.at(-mostCalls);
    return oldest === undefined ? -Infinity : oldest + windowLength;
  }

  add(start: number): void {
    this.#starts = [...this.#starts.slice(1 - mostCalls), start];
  }

  /** The call has bothered nobody. */
  remove(start: number): void {
    this.#starts = this.#starts.filter((other) => other !== start);
  }
}
