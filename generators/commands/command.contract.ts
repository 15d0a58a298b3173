/** An option of a command, as `--name`. */
export interface CommandOption {
  readonly name: string;
  readonly type: 'string' | 'boolean';
  readonly description: string;
}

/** A question to a person; `check` returns why an answer can't be taken, or undefined. */
export interface Question {
  readonly name: string;
  readonly message: string;
  readonly default: string;
  readonly choices?: readonly string[];
  readonly check: (answer: string) => string | undefined;
}

/** Whoever runs a command: Yeoman, or the program of this package. */
export interface Caller {
  /** Where the command works. */
  readonly folder: string;
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** Whether there is a terminal with somebody before it. */
  readonly canAsk: boolean;
  ask(question: Question): Promise<string>;
  say(text: string): void;
}

export interface Command {
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** What follows its name: `[name]`. */
  readonly words: string;
  readonly options: readonly CommandOption[];
  readonly examples: readonly string[];
  /**
   * @returns the exit code
   * @throws Refusal when it can't be done; then nothing was changed
   */
  run(caller: Caller): Promise<number>;
}
