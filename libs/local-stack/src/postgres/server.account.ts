import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { unlessMissing } from '../files/missing.file.ts';

/** Operating system account under which Postgres runs. */
export interface ServerAccount {
  uid: number;
  gid: number;
}

const NOBODY: ServerAccount = { uid: 65534, gid: 65534 };

/**
 * The account for Postgres, which refuses to run as root. Undefined means: as whoever we are.
 *
 * @param dataDirectories where the data may lie from an earlier start
 * @param directory the wanted place; needn't exist yet
 */
export async function chooseAccount(
  dataDirectories: string[],
  directory: string,
): Promise<ServerAccount | undefined> {
  return process.getuid?.() === 0 ? chooseAccountOfRoot(dataDirectories, directory, process.env) : undefined;
}

/** For root, in this order: who owns the data already, who owns the checkout, who called sudo, nobody. */
export async function chooseAccountOfRoot(
  dataDirectories: string[],
  directory: string,
  env: NodeJS.ProcessEnv,
): Promise<ServerAccount> {
  const earlier = await Promise.all(dataDirectories.map(ownerOf));
  const candidates = [...earlier, await ownerOfNearest(directory), sudoCaller(env)];
  const named = await Promise.all(
    candidates.map(async (one) => (one && (await hasName(one.uid)) ? one : undefined)),
  );
  return named.find((one) => one !== undefined) ?? NOBODY;
}

async function ownerOf(path: string): Promise<ServerAccount | undefined> {
  const found = await unlessMissing(stat(path));
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined;
}

async function ownerOfNearest(path: string): Promise<ServerAccount | undefined> {
  return (await unlessMissing(stat(path))) ? ownerOf(path) : ownerOfNearest(dirname(path));
}

function sudoCaller(env: NodeJS.ProcessEnv): ServerAccount | undefined {
  const uid = Number(env['SUDO_UID']);
  const gid = Number(env['SUDO_GID']);
  return uid > 0 && gid >= 0 ? { uid, gid } : undefined;
}

/** initdb refuses an id without a name, as the owner of a folder mounted into a container often is. */
async function hasName(uid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const accounts = await readFile('/etc/passwd', 'utf8');
  return accounts.split('\n').some((line) => line.split(':')[2] === String(uid));
}
