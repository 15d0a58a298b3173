import { styleText } from 'node:util';

/** The part of a terminal or file that progress is written to. */
export type Output = NodeJS.WritableStream & { isTTY?: boolean };

const TICK_MS = 1000;

/** Shows what is going on, one line per step: live in a terminal, finished steps only elsewhere. */
export class ProgressReport {
  readonly #output: Output;
  #running: { name: string; since: number } | undefined;

  constructor(output: Output) {
    this.#output = output;
  }

  /** Runs one step; its line ends with a tick and the seconds it took, or with a cross when it throws. */
  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.#running = { name, since: performance.now() };
    this.#showRunning();
    const ticker = setInterval(() => this.#showRunning(), TICK_MS);
    try {
      const result = await work();
      this.#finish(this.#paint('green', '✓'));
      return result;
    } catch (error) {
      this.#finish(this.#paint('red', '✗'));
      throw error;
    } finally {
      clearInterval(ticker);
    }
  }

  /** One line that the reader should know. */
  note(line: string): void {
    this.#write(`  ${this.#paint('dim', '·')} ${line}\n`);
    this.#showRunning();
  }

  /** Text as it is. */
  say(text: string): void {
    this.#write(`${text}\n`);
  }

  #finish(mark: string): void {
    const line = this.#line(mark);
    this.#running = undefined;
    this.#write(`${line}\n`);
  }

  #showRunning(): void {
    if (this.#output.isTTY && this.#running) this.#write(this.#line('…'));
  }

  #line(mark: string): string {
    const { name, since } = this.#running ?? { name: '', since: 0 };
    const seconds = ((performance.now() - since) / 1000).toFixed(1);
    return `  ${mark} ${name.padEnd(44)} ${this.#paint('dim', `${seconds} s`)}`;
  }

  #write(text: string): void {
    // Back to the line's start and clear it: the running step's line is replaced.
    this.#output.write(this.#output.isTTY ? `\r\u001B[2K${text}` : text);
  }

  #paint(format: 'green' | 'red' | 'dim', text: string): string {
    return this.#output.isTTY ? styleText(format, text, { validateStream: false }) : text;
  }
}
