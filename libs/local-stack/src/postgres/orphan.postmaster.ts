import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identifyProcess } from '../processes/process.identity.ts';
import { unlessMissing } from '../files/missing.file.ts';
import { StackError } from '../stack.error.ts';
import type { PostgresHome } from './postgres.home.ts';
import { runProgram } from './server.program.ts';

/**
 * Clears what an earlier start left behind in the data directory. Call it with the launcher's lock held: then the launcher of
 * a server that still runs is gone.
 *
 * @returns environment for the next postmaster
 * @throws StackError when the orphan doesn't stop
 */
export async function clearRemains(
  home: PostgresHome,
  log: (line: string) => void,
): Promise<Record<string, string>> {
  const pid = await readPostmasterPid(home.dataDirectory);
  const found = pid === undefined ? undefined : await identifyProcess(pid);
  if (!found) return {};
  if (!isPostmasterOf(found.commandLine, home.dataDirectory)) {
    // The id now belongs to a stranger. Postgres would take it for a running postmaster; named so, it knows better.
    return { PG_GRANDPARENT_PID: String(found.pid) };
  }
  log(`Postgres (pid ${found.pid}) was left running by a start that was killed: stopping it`);
  const stop = ['stop', '-D', home.dataDirectory, '-m', 'fast', '-w', '-t', '20'];
  const { code, output } = await runProgram(home, 'pg_ctl', stop);
  if (code !== 0)
    throw new StackError(`The Postgres left running (pid ${found.pid}) doesn't stop:\n${output}`);
  return {};
}

/** First line of postmaster.pid; undefined when there is none. */
export async function readPostmasterPid(dataDirectory: string): Promise<number | undefined> {
  const file = await unlessMissing(readFile(join(dataDirectory, 'postmaster.pid'), 'utf8'));
  return Number(file?.split('\n')[0]) || undefined;
}

function isPostmasterOf(commandLine: string, dataDirectory: string): boolean {
  const [program, rest] = commandLine.split(/ "?-D"? /, 2);
  return (
    /postgres(\.exe)?"?$/.test(program ?? '') &&
    new RegExp(`^"?${RegExp.escape(dataDirectory)}"? -c `).test(rest ?? '')
  );
}
