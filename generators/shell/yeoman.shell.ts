import Generator, { type BaseFeatures, type BaseOptions } from 'yeoman-generator';
import type { Caller, Command } from '../commands/command.contract.ts';
import { helpOf } from '../commands/command.help.ts';
import { Refusal } from '../workspace/index.ts';
import { promptOf } from './prompt.question.ts';
import { refuseUnknownOptions } from './unknown.options.ts';

type Options = BaseOptions & Record<string, string | boolean | undefined>;

/**
 * A generator for Yeoman that runs a command. It writes nothing through Yeoman's store of files: what that has begun to write
 * isn't taken back when the disk is full in the middle.
 */
export function generatorOf(command: Command): typeof Generator {
  class Shell extends Generator<Record<string, unknown>, Options> {
    constructor(words: string[], options: Options, features?: BaseFeatures) {
      // What was stamped is installed by the user, who has to commit it first.
      super(words, options, { ...features, customInstallTask: true });
      for (const { name, type, description } of command.options) {
        this.option(name, { type: type === 'boolean' ? Boolean : String, description });
      }
    }

    override help(): string {
      return helpOf(command);
    }

    /** The one task. Yeoman would put a refusal between two lines about itself. */
    async prompting(): Promise<void> {
      try {
        refuseUnknownOptions(command, process.argv.slice(2));
        process.exitCode = await command.run(callerOf(this));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = 1;
      }
    }
  }
  return Shell as unknown as typeof Generator;
}

/** Yeoman as whoever runs a command. */
function callerOf(generator: Generator<Record<string, unknown>, Options>): Caller {
  return {
    folder: generator.destinationRoot(),
    words: generator.args,
    options: generator.options,
    canAsk: process.stdin.isTTY && process.stdout.isTTY,
    say: (text) => process.stdout.write(`${text}\n`),
    ask: async (question) => {
      const { answer } = await generator.prompt<{ answer: string }>(promptOf(question));
      return answer;
    },
  };
}
