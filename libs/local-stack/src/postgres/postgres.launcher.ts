import { join, resolve } from 'node:path';
import { takeLock } from '../processes/process.lock.ts';
import { StackError } from '../stack.error.ts';
import { openDataDirectory, SUPERUSER } from './data.directory.ts';
import { clearRemains } from './orphan.postmaster.ts';
import { findFreePort, isPortFree } from './port.choice.ts';
import { settleHome, type PostgresHome } from './postgres.home.ts';
import { startPostmaster, type StopMode } from './postmaster.process.ts';
import { ensureServerCertificate } from './server.certificate.ts';
import { prepareSettings, type Durability } from './server.settings.ts';

export interface PostgresOptions {
  /** Keeps data, certificates, log and superuser's password between starts; made when it isn't there. */
  directory: string;
  /** Exactly this port. Undefined or 0 takes the preferred one when it is free, else any that is. */
  port?: number;
  preferredPort?: number;
  /** `on` unless told otherwise. */
  durability?: Durability;
  /** Receives what the reader should know, one line each. */
  log?: (line: string) => void;
}

/** All that a client needs, superuser included. */
export interface PostgresCoordinates {
  host: 'localhost';
  port: number;
  /** Where its state is, which isn't always where it was wanted. */
  directory: string;
  /** PEM file with the authority to trust; the server has no connections without TLS. */
  caFile: string;
  superuser: { username: string; password: string };
}

export interface RunningPostgres extends PostgresCoordinates {
  logFile: string;
  /** Fulfilled when the server has ended, also when nobody asked it to. */
  exited: Promise<void>;
  /** Stops the server and keeps its data; may be repeated. The mode is `fast` unless told otherwise. */
  stop(options?: { mode?: StopMode }): Promise<void>;
}

/**
 * Starts a real Postgres on the loopback interface: TLS and SCRAM only, as a user that isn't root.
 *
 * @throws StackError when the directory is in use, the port is taken, the platform isn't supported, or Postgres fails
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const log = options.log ?? (() => undefined);
  const home = await settleHome(resolve(options.directory), log);
  const lock = takeLock(join(home.directory, 'launcher.lock'));
  if (!lock) throw new StackError(`Another process runs a Postgres in ${home.directory}. Stop it first.`);
  try {
    const { postmaster, ...coordinates } = await launch(home, options, log);
    const stop = async ({ mode = 'fast' }: { mode?: StopMode } = {}) => {
      await postmaster.stop(mode);
      lock.release();
    };
    return { ...coordinates, logFile: home.logFile, exited: postmaster.exited, stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function launch(home: PostgresHome, options: PostgresOptions, log: (line: string) => void) {
  const env = await clearRemains(home, log);
  // One after the other: a refusal must not leave another part at work.
  const port = await choosePort(options);
  const password = await openDataDirectory(home);
  const certificate = await ensureServerCertificate(home.directory, home.account);
  const settings = await prepareSettings(home, certificate, port, options.durability ?? 'on');
  const postmaster = await startPostmaster(home, settings, env);
  const superuser = { username: SUPERUSER, password };
  const { directory } = home;
  return { postmaster, host: 'localhost' as const, port, directory, caFile: certificate.caFile, superuser };
}

async function choosePort({ port, preferredPort }: PostgresOptions): Promise<number> {
  const candidate = port || preferredPort;
  if (candidate && (await isPortFree(candidate))) return candidate;
  if (!port) return findFreePort();
  throw new StackError(
    `Port ${port} is taken, so Postgres can't listen there. Free it or choose another one.`,
  );
}
