import { chmod, cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, unlessMissing } from '../stack.error.ts';
import { mendLibraryLinks } from './library.links.ts';
import { isReachable } from './path.reach.ts';
import { findBinaries, type PostgresBinaries } from './platform.binaries.ts';
import { openRefuge, refugeOf } from './refuge.directory.ts';
import { chooseAccount, type ServerAccount } from './server.account.ts';

/** Everything that has to be settled before a Postgres can be started. */
export interface PostgresHome {
  /** Holds data, certificates, log and password; not always the folder that was asked for. */
  directory: string;
  dataDirectory: string;
  logFile: string;
  binaries: PostgresBinaries;
  account: ServerAccount | undefined;
}

/** Finds account, folder and binaries that fit each other. */
export async function settleHome(wanted: string, log: (line: string) => void): Promise<PostgresHome> {
  const installed = await findBinaries();
  const account = await chooseAccount([join(wanted, 'data'), join(refugeOf(wanted), 'data')], wanted);
  await mkdir(wanted, { recursive: true });
  // Others may pass, not list: the account of Postgres isn't always ours, and the umask may say no.
  await chmod(wanted, 0o711);
  const reachable = await isReachable(wanted, account);
  const directory = reachable ? wanted : await openRefuge(wanted);
  if (!reachable)
    log(`Postgres runs as uid ${account?.uid}, which can't reach ${wanted}: it lives in ${directory}`);
  return {
    directory,
    dataDirectory: join(directory, 'data'),
    logFile: join(directory, 'postgres.log'),
    binaries: await usableBinaries(installed, directory, account),
    account,
  };
}

async function usableBinaries(
  installed: PostgresBinaries,
  directory: string,
  account: ServerAccount | undefined,
): Promise<PostgresBinaries> {
  const usable = (await mendLibraryLinks(installed.root)) && (await isReachable(installed.root, account));
  return usable ? installed : copyBinaries(installed, directory);
}

async function copyBinaries(installed: PostgresBinaries, directory: string): Promise<PostgresBinaries> {
  const folder = join(directory, `binaries-${installed.version}`);
  const root = join(folder, 'native');
  if (await unlessMissing(stat(folder))) return { ...installed, root };
  const unfinished = `${folder}.${process.pid}`;
  await cp(installed.root, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  await mendLibraryLinks(join(unfinished, 'native'));
  try {
    await rename(unfinished, folder);
  } catch (error) {
    // Another process was faster; its copy is the same.
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error;
    await rm(unfinished, { recursive: true });
  }
  return { ...installed, root };
}
