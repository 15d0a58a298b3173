import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StackError } from '../stack.error.ts';

/** Where the state of `directory` lives when Postgres' account can't reach `directory` itself; the same on every start. */
export function refugeOf(directory: string): string {
  return join('/var/tmp', `local-stack-${createHash('sha256').update(directory).digest('hex').slice(0, 12)}`);
}

/**
 * Makes the refuge. Anybody can write to /var/tmp, so a folder that is there already must be ours alone.
 *
 * @throws StackError when somebody else put something in its place
 */
export async function openRefuge(directory: string): Promise<string> {
  const refuge = refugeOf(directory);
  await mkdir(refuge, { recursive: true, mode: 0o711 });
  const found = await lstat(refuge);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new StackError(
      `${refuge} is not a private folder of this user. Look at it, remove it, and start again.`,
    );
  }
  await chmod(refuge, 0o711);
  return refuge;
}
