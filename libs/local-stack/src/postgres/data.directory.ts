import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from '../files/missing.file.ts';
import { StackError } from '../stack.error.ts';
import { writeOwnedFile } from '../files/owned.file.ts';
import { ALTERNATIVE, majorOf } from './platform.binaries.ts';
import type { PostgresHome } from './postgres.home.ts';
import { runProgram } from './server.program.ts';

export const SUPERUSER = 'postgres';

/**
 * Opens the data directory, making it on the first start, and returns the superuser's password.
 *
 * @throws StackError when earlier data can't be used
 */
export async function openDataDirectory(home: PostgresHome): Promise<string> {
  const passwordFile = passwordFileIn(home.directory);
  const found = await unlessMissing(readFile(join(home.dataDirectory, 'PG_VERSION'), 'utf8'));
  if (found === undefined) return makeDataDirectory(home, passwordFile);
  if (found.trim() !== majorOf(home.binaries)) {
    throw new StackError(
      `${home.dataDirectory} was made by Postgres ${found.trim()}, this is Postgres ${majorOf(home.binaries)}. ` +
        'Start afresh without its data: npm start -- --reset',
    );
  }
  const password = await unlessMissing(readFile(passwordFile, 'utf8'));
  if (!password) {
    throw new StackError(
      `${passwordFile} is gone, so nobody can log in to the data beside it. Start afresh: npm start -- --reset`,
    );
  }
  return password;
}

/** The superuser of a server that runs already. */
export async function readSuperuser(directory: string): Promise<{ username: string; password: string }> {
  return { username: SUPERUSER, password: await readFile(passwordFileIn(directory), 'utf8') };
}

const passwordFileIn = (directory: string): string => join(directory, 'superuser-password');

async function makeDataDirectory(home: PostgresHome, passwordFile: string): Promise<string> {
  const password = randomBytes(32).toString('base64url');
  const unfinished = { ...home, dataDirectory: `${home.dataDirectory}.unfinished` };
  await rm(unfinished.dataDirectory, { recursive: true, force: true });
  await mkdir(unfinished.dataDirectory, { mode: 0o700 });
  if (home.account) await chown(unfinished.dataDirectory, home.account.uid, home.account.gid);
  await initialize(unfinished, password);
  await closeToPublic(unfinished);
  await writeOwnedFile(passwordFile, password);
  await rename(unfinished.dataDirectory, home.dataDirectory);
  return password;
}

async function initialize(home: PostgresHome, password: string): Promise<void> {
  const handover = `${home.dataDirectory}.password`;
  await writeOwnedFile(handover, password, home.account);
  try {
    await runOrFail(home, 'initdb', [
      `--pgdata=${home.dataDirectory}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${handover}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The same order and case rules on every machine, whatever locales it has.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
      // An interrupted first start begins anew, so nothing is lost.
      '--no-sync',
    ]);
  } finally {
    await rm(handover, { force: true });
  }
}

/** By default every role may connect to these two databases and make temporary tables there. */
async function closeToPublic(home: PostgresHome): Promise<void> {
  const sql = 'REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC\n';
  await runOrFail(
    home,
    'postgres',
    ['--single', '-j', '-F', '-D', home.dataDirectory, 'postgres'],
    `${sql}\n`,
  );
}

async function runOrFail(home: PostgresHome, program: 'initdb' | 'postgres', args: string[], input?: string) {
  const { code, output } = await runProgram(home, program, args, input);
  if (code === 0 && !output.includes('ERROR:')) return;
  // A user id without a name, as `docker run --user 1234` gives.
  const cure = output.includes('look up effective user ID')
    ? `\nGive this user a name in /etc/passwd. ${ALTERNATIVE}`
    : '';
  throw new StackError(
    `Postgres can't make its data directory (${program}, exit code ${code}):\n${output}${cure}`,
  );
}
