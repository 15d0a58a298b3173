import { parseArgs } from 'node:util';
import { TerminalAdapter } from '@yeoman/adapter';
import { commands } from '../commands/index.ts';
import type { Caller, Command, Question } from '../commands/command.contract.ts';
import { helpOf } from '../commands/command.help.ts';
import { renderAnswers } from '../commands/render.command.ts';
import { promptOf } from './prompt.question.ts';
import { refuseUnknownOptions } from './unknown.options.ts';
import { Refusal } from '../workspace/index.ts';

const overview = [
  'secure-backend: stamps services that are secure where they run, extends them and keeps them current.',
  '',
  ...commands.map(
    ({ name, words, summary }) => `  secure-backend ${`${name} ${words}`.padEnd(18)} ${summary}`,
  ),
  '',
  'secure-backend <command> --help tells the rest. With Yeoman the same commands are yo secure-backend[:<command>].',
].join('\n');

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Runs a command without Yeoman; sets the exit code: 0 done, 1 refused, or what the command says. */
export async function runProgram(words: readonly string[]): Promise<void> {
  // Whoever reads may stop before everything is said: `… --help | head`. What is being done is still done.
  process.stdout.on('error', ignoreBrokenPipe);
  const [name = '', ...rest] = words;
  if (name === 'render') return renderAnswers();
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    say(overview);
    process.exitCode = ['', '--help', '-h'].includes(name) ? 0 : 1;
    return;
  }
  try {
    process.exitCode = await run(command, rest);
  } catch (error) {
    process.stderr.write(`${rest.includes('--debug') ? (error as Error).stack : (error as Error).message}\n`);
    process.exitCode = 1;
  }
}

async function run(command: Command, words: string[]): Promise<number> {
  if (words.some((word) => word === '--help' || word === '-h')) {
    say(helpOf(command));
    return 0;
  }
  refuseUnknownOptions(command, words);
  const { values, positionals } = parse(
    command,
    words.filter((word) => word !== '--debug'),
  );
  return command.run(callerOf(positionals, values));
}

function parse({ options }: Command, words: string[]) {
  try {
    return parseArgs({
      args: words,
      allowPositionals: true,
      options: Object.fromEntries(options.map(({ name, type }) => [name, { type }])),
    });
  } catch (error) {
    throw new Refusal((error as Error).message, { cause: error });
  }
}

function callerOf(words: readonly string[], options: Caller['options']): Caller {
  return {
    folder: process.cwd(),
    words,
    options,
    canAsk: process.stdin.isTTY && process.stdout.isTTY,
    say,
    ask: async (question: Question) => {
      const { answer } = await new TerminalAdapter().prompt<{ answer: string }>(promptOf(question));
      return answer;
    },
  };
}
