import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { parse } from 'node:path';
import { text } from 'node:stream/consumers';
import { programOf } from './platform.binaries.ts';
import type { PostgresHome } from './postgres.home.ts';

type Program = 'initdb' | 'pg_ctl' | 'postgres';

/** Starts one of Postgres' programs under the account of this home. */
export function spawnProgram(
  home: PostgresHome,
  program: Program,
  args: string[],
  stdio: StdioOptions,
  extraEnv: Record<string, string> = {},
): ChildProcess {
  return spawn(programOf(home.binaries, program), args, {
    ...home.account,
    // The account may not be able to enter our working directory.
    cwd: parse(home.directory).root,
    env: { ...programEnv(), ...extraEnv },
    stdio,
    // A process group of its own: ctrl-C in the terminal must not stop Postgres before the service has drained.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
}

/** Runs a program to its end. */
export async function runProgram(
  home: PostgresHome,
  program: Program,
  args: string[],
  input = '',
): Promise<{ code: number | null; output: string }> {
  const child = spawnProgram(home, program, args, ['pipe', 'pipe', 'pipe']);
  const closed = once(child, 'close');
  // A program that ends without reading its input breaks the pipe; its exit code and output say all there is to say.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  const output = await Promise.all(streams.map((stream) => text(stream)));
  await closed;
  return { code: child.exitCode, output: output.join('').trim() };
}

/** Nothing of ours leaks in: PGDATA, PGPORT and their like would change what the programs do. */
function programEnv(): Record<string, string> {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP'].map((name) => [name, process.env[name]] as const);
  return {
    ...Object.fromEntries(kept.filter((pair): pair is [string, string] => Boolean(pair[1]))),
    LC_ALL: 'C',
  };
}
