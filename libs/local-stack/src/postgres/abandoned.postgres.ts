import { join, resolve } from 'node:path';
import { rm } from 'node:fs/promises';
import { takeLock } from '../processes/process.lock.ts';
import { StackError } from '../stack.error.ts';
import { clearRemains } from './orphan.postmaster.ts';
import { settleHome } from './postgres.home.ts';
import { refugeOf } from './refuge.directory.ts';

/**
 * Removes all that `startPostgres` keeps for this directory, after stopping a server that a killed start left running.
 *
 * @throws StackError when a living process uses it
 */
export async function removePostgres(
  directory: string,
  log: (line: string) => void = () => undefined,
): Promise<void> {
  const wanted = resolve(directory);
  const home = await settleHome(wanted, () => undefined);
  const lock = takeLock(join(home.directory, 'launcher.lock'));
  if (!lock) throw new StackError(`A process runs Postgres in ${home.directory}. Stop it first.`);
  try {
    await clearRemains(home, log);
  } finally {
    lock.release();
  }
  await Promise.all([wanted, refugeOf(wanted)].map((path) => rm(path, { recursive: true, force: true })));
}
