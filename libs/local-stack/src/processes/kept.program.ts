import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const KEEPER = join(import.meta.dirname, 'program.keeper.ts');

/** A program that ends with this process, however that ends. */
export interface KeptProgram {
  stdout: Readable;
  stderr: Readable;
  /** Fulfilled with the exit code when the program has ended; 127 when it couldn't be run. */
  exited: Promise<number>;
  /** Ends it and waits for that; may be repeated. */
  stop(): Promise<void>;
}

/** @param env the program's whole environment */
export function spawnKept(command: string, args: string[], env: Record<string, string>): KeptProgram {
  const keeper: ChildProcessByStdio<Writable, Readable, Readable> = spawn(
    process.execPath,
    [KEEPER, command, ...args],
    {
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      // A process group of its own: ctrl-C in the terminal must not stop it before the service has drained.
      detached: process.platform !== 'win32',
      windowsHide: true,
    },
  );
  // A keeper that has ended breaks the pipe; that it has ended is told by its exit.
  keeper.stdin.on('error', () => undefined);
  const exited = once(keeper, 'exit').then(([code]: (number | null)[]) => code ?? 1);
  return {
    stdout: keeper.stdout,
    stderr: keeper.stderr,
    exited,
    stop: async () => {
      keeper.stdin.end();
      await exited;
    },
  };
}
