import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresCoordinates } from '../postgres/index.ts';
import type { ProcessIdentity } from '../processes/process.identity.ts';
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

/** `.local` in the workspace's root: everything a start keeps, locked for as long as it runs. */
export interface StateDirectory {
  path: string;
  postgresDirectory: string;
  secretsDirectory: string;
  /** What the migrations have and the service may not. */
  migratorSecretsDirectory: string;
  vaultDirectory: string;
  logFile(service: string): string;
  readRecord(): Promise<RunRecord | undefined>;
  writeRecord(record: RunRecord): Promise<void>;
  /** Ends the lock. */
  close(): Promise<void>;
}

/** @returns undefined when nothing has been started, or all of it was stopped */
export async function readRunRecord(workspaceRoot: string): Promise<RunRecord | undefined> {
  return readRecord(join(workspaceRoot, '.local', 'running.json'));
}

/** @throws StackError when another start uses it */
export async function openStateDirectory(workspaceRoot: string): Promise<StateDirectory> {
  const path = join(workspaceRoot, '.local');
  await mkdir(path, { recursive: true });
  // Passable: the account of Postgres isn't always ours. The secrets below are closed to others.
  await chmod(path, 0o711);
  const recordFile = join(path, 'running.json');
  const lock = takeLock(join(path, 'start.lock'));
  if (!lock) throw new StackError(alreadyRunning(path, await readRecord(recordFile)));
  return contentsOf(path, recordFile, lock);
}

function contentsOf(path: string, recordFile: string, lock: ProcessLock): StateDirectory {
  return {
    path,
    postgresDirectory: join(path, 'postgres'),
    secretsDirectory: join(path, 'secrets'),
    migratorSecretsDirectory: join(path, 'migrator-secrets'),
    vaultDirectory: join(path, 'vault'),
    logFile: (service) => join(path, `${service}.log`),
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

function alreadyRunning(path: string, record: RunRecord | undefined): string {
  const who = record ? ` (pid ${record.launcher}${record.facts ? `, ${record.facts.url}` : ''})` : '';
  return `It is running already${who} in ${path}. Stop that one first: ctrl-C in its terminal${record ? `, or kill ${record.launcher}` : ''}.`;
}
