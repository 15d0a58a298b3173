/** Milliseconds in which calls are counted. */
const windowLength = 60_000;
/** Calls that an ailing store gets in a window from one process. */
const mostCalls = 10;
/** Of these, how many are left for when somebody has a reason to hurry. */
const reserve = 3;

/** Milliseconds between calls that use up the window evenly. */
export const evenPause = windowLength / (mostCalls - reserve);

/** Remembers calls, to keep their number in any window below a limit. */
export class CallWindow {
  #starts: number[] = [];

  /** When the next call may be made, in milliseconds of the clock; may have passed. */
  opensAt({ isHurried }: { isHurried: boolean }): number {
    const oldest = this.#starts.at(isHurried ? -mostCalls : reserve - mostCalls);
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
