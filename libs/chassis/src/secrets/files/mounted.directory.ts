import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SecretError } from '../secret.source.ts';

const largestFile = 65_536;
const attempts = 10;

/**
 * Reads every file of a mounted secret as one consistent set: file name → content without its final line break.
 *
 * Kubernetes swaps the symlink `..data`; resolving it once and reading inside makes a torn pair impossible. Then it deletes
 * the old directory file by file: a read that a swap has met may lack some, and starts again on the new one.
 *
 * @throws SecretError when the directory is missing, unreadable, never at rest or holds something that is no small file
 */
export async function readMountedDirectory(directory: string): Promise<Record<string, string>> {
  for (let attempt = 1; ; attempt++) {
    try {
      const resolved = await resolveData(directory);
      const files = await readAll(resolved);
      if ((await resolveData(directory)) === resolved) {
        return files;
      }
      if (attempt === attempts) {
        throw new SecretError(`${directory} changes faster than it can be read`);
      }
    } catch (error) {
      if (!isMissing(error) || attempt === attempts) {
        throw explain(directory, error);
      }
    }
  }
}

/** Whether Kubernetes swaps the content as a whole. A file mounted by subPath stays what it was for ever (kubernetes/kubernetes#50345). */
export async function isMountedWhole(directory: string): Promise<boolean> {
  return lstat(join(directory, '..data')).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
}

async function resolveData(directory: string): Promise<string> {
  try {
    return await realpath(join(directory, '..data'));
  } catch (error) {
    if (isMissing(error)) {
      return realpath(directory);
    }
    throw error;
  }
}

async function readAll(directory: string): Promise<Record<string, string>> {
  const names = (await readdir(directory)).filter((name) => !name.startsWith('.')).toSorted();
  const entries = await Promise.all(
    names.map(async (name) => [name, await readSmallFile(join(directory, name))] as const),
  );
  return Object.fromEntries(entries);
}

async function readSmallFile(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > largestFile) {
    throw new SecretError(`${path} has ${size} bytes; a credential has at most ${largestFile}`);
  }
  return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function explain(directory: string, error: unknown): Error {
  if (error instanceof SecretError) {
    return error;
  }
  const { code } = error as NodeJS.ErrnoException;
  const cure = 'mount the secret there, readable for this process, or set SECRETS_DIRECTORY';
  return new SecretError(`${directory} can't be read (${code ?? 'unknown'}); ${cure}`);
}
