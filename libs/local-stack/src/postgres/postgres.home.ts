import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { copyBinaries } from './binaries.copy.ts';
import { mendLibraryLinks } from './library.links.ts';
import { isReachable } from './path.reach.ts';
import { findBinaries, type PostgresBinaries } from './platform.binaries.ts';
import { openRefuge, refugeOf } from './refuge.directory.ts';
import { chooseAccount, type ServerAccount } from './server.account.ts';

type Log = (line: string) => void;

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
export async function settleHome(wanted: string, log: Log): Promise<PostgresHome> {
  const account = await chooseAccount([join(wanted, 'data'), join(refugeOf(wanted), 'data')], wanted);
  return settleHomeFor(account, await findBinaries(), wanted, log);
}

/** The same for a given account: folder and binaries are moved when it can't reach them. */
export async function settleHomeFor(
  account: ServerAccount | undefined,
  installed: PostgresBinaries,
  wanted: string,
  log: Log,
): Promise<PostgresHome> {
  await mkdir(wanted, { recursive: true });
  // Others may pass, not list: the account of Postgres isn't always ours, and the umask may say no.
  await chmod(wanted, 0o711);
  const reachable = await isReachable(wanted, account);
  const directory = reachable ? wanted : await openRefuge(wanted);
  if (!reachable) {
    log(`Postgres runs as uid ${account?.uid}, which can't reach ${wanted}: it lives in ${directory}`);
  }
  const usable = (await mendLibraryLinks(installed.root)) && (await isReachable(installed.root, account));
  return {
    directory,
    dataDirectory: join(directory, 'data'),
    logFile: join(directory, 'postgres.log'),
    binaries: usable ? installed : await copyBinaries(installed, directory),
    account,
  };
}
