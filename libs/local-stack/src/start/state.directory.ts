import { chmod, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresCoordinates } from '../postgres/index.ts';
import { isSameProcess, type ProcessIdentity } from '../processes/process.identity.ts';
import { takeLock, type ProcessLock } from '../processes/process.lock.ts';
import { writeOwnedFile } from '../files/owned.file.ts';
import { unlessMissing } from '../files/missing.file.ts';
import { StackError } from '../stack.error.ts';

/** What a rotation has to know of the service that runs. */
export interface RunFacts {
  /** Name of the service. */
  name: string;
  url: string;
  managementUrl: string;
  secretsDirectory: string;
  /** Where to look when something goes wrong; undefined: in its terminal. */
  logFile?: string;
  /** Undefined when the database is the user's own. */
  postgres?: Omit<PostgresCoordinates, 'superuser'>;
  /** Undefined when credentials are mounted files. */
  vault?: { address: string; rootTokenFile: string };
}

/** What runs in a state directory, for the next start and for rotations to read. */
export interface RunRecord {
  launcher: number;
  service?: ProcessIdentity;
  facts?: RunFacts;
}

/** A folder per service in `.local` in the workspace's root: everything a start keeps, locked for as long as it runs. */
export interface StateDirectory {
  path: string;
  postgresDirectory: string;
  secretsDirectory: string;
  /** What the migrations have and the service may not. */
  migratorSecretsDirectory: string;
  vaultDirectory: string;
  logFile: string;
  readRecord(): Promise<RunRecord | undefined>;
  writeRecord(record: RunRecord): Promise<void>;
  /** Ends the lock. */
  close(): Promise<void>;
}

/** Where all of them are. */
export const stateRoot = (workspaceRoot: string): string => join(workspaceRoot, '.local');

/** The services of which something is kept, sorted. */
export const keptServices = async (workspaceRoot: string): Promise<string[]> =>
  ((await unlessMissing(readdir(stateRoot(workspaceRoot), { withFileTypes: true }))) ?? [])
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();

/** What runs: of each service that was started and not stopped since, what a rotation has to know. */
export async function readRunning(workspaceRoot: string): Promise<RunFacts[]> {
  const services = await keptServices(workspaceRoot);
  const running = services.map(async (service) => {
    const record = await readRecord(join(stateRoot(workspaceRoot), service, 'running.json'));
    return record?.service && (await isSameProcess(record.service)) ? record.facts : undefined;
  });
  return (await Promise.all(running)).filter((facts) => facts !== undefined);
}

/** @throws StackError when another start of this service uses it */
export async function openStateDirectory(workspaceRoot: string, service: string): Promise<StateDirectory> {
  const path = join(stateRoot(workspaceRoot), service);
  await mkdir(path, { recursive: true });
  // Passable: the account of Postgres isn't always ours. The secrets below are closed to others.
  await Promise.all([stateRoot(workspaceRoot), path].map((folder) => chmod(folder, 0o711)));
  const recordFile = join(path, 'running.json');
  const lock = takeLock(join(path, 'start.lock'));
  if (!lock) throw new StackError(alreadyRunning(service, path, await readRecord(recordFile)));
  return contentsOf(path, recordFile, lock);
}

function contentsOf(path: string, recordFile: string, lock: ProcessLock): StateDirectory {
  return {
    path,
    postgresDirectory: join(path, 'postgres'),
    secretsDirectory: join(path, 'secrets'),
    migratorSecretsDirectory: join(path, 'migrator-secrets'),
    vaultDirectory: join(path, 'vault'),
    logFile: join(path, 'service.log'),
    readRecord: () => readRecord(recordFile),
    writeRecord: (record) => writeOwnedFile(recordFile, JSON.stringify(record)),
    close: async () => {
      await rm(recordFile, { force: true });
      lock.release();
    },
  };
}

async function readRecord(file: string): Promise<RunRecord | undefined> {
  const text = await unlessMissing(readFile(file, 'utf8'));
  const record: RunRecord | undefined = text ? JSON.parse(text) : undefined;
  return record;
}

function alreadyRunning(service: string, path: string, record: RunRecord | undefined): string {
  const who = record ? ` (pid ${record.launcher}${record.facts ? `, ${record.facts.url}` : ''})` : '';
  return `${service} is running already${who} in ${path}. Stop that one first: ctrl-C in its terminal${record ? `, or kill ${record.launcher}` : ''}.`;
}
