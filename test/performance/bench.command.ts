import { benchRotation } from './rotation/rotation.command.ts';

/** Writes a line for the reader. */
export type Say = (line: string) => void;

interface Benchmark {
  about: string;
  run: (args: readonly string[], say: Say, signal: AbortSignal) => Promise<boolean>;
}

const benchmarks: Readonly<Record<string, Benchmark>> = {
  rotation: {
    about: 'what callers notice while credentials change under a saturated pool',
    run: benchRotation,
  },
};

const say: Say = (line) => void process.stdout.write(`${line}\n`);

const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * `npm run bench`: sets the process' exit code to 0 when all goals are met, 1 when one is missed or something goes wrong, 130
 * when it was interrupted.
 */
export async function runBench([name, ...args]: readonly string[]): Promise<void> {
  const benchmark = benchmarks[name ?? ''];
  if (benchmark === undefined) {
    list();
    process.exitCode = name === undefined || name === '--help' ? 0 : 1;
    return;
  }
  const interruption = new AbortController();
  const interrupt = () => interruption.abort(new Error('interrupted'));
  for (const signal of signals) process.on(signal, interrupt);
  try {
    process.exitCode = (await benchmark.run(args, say, interruption.signal)) ? 0 : 1;
  } catch (error) {
    const isInterrupted = interruption.signal.aborted;
    say(isInterrupted ? 'interrupted' : `${name} can't be measured: ${explain(error)}`);
    process.exitCode = isInterrupted ? 130 : 1;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

function list(): void {
  say('Benchmarks, each with goals of its own:\n');
  for (const [name, { about }] of Object.entries(benchmarks)) say(`  npm run bench -- ${name}   ${about}`);
  say('\nnpm run bench -- <name> --help lists the options of one.');
}

function explain(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
