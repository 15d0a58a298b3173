import { mkdtemp, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeLock } from '../processes/process.lock.ts';
import { unlessMissing } from '../files/missing.file.ts';

const PREFIX = 'local-stack-test-';
const LOCK = 'throwaway.lock';
/** A younger folder may still be on its way to its lock. */
const SETTLED_MS = 60_000;

export interface ThrowawayFolder {
  path: string;
  remove(): Promise<void>;
}

/**
 * A temporary folder with a lock for as long as this process lives, so that the next one can tell what a killed test run left
 * behind, and removes it.
 *
 * @param removeContents removes a folder and whatever still runs in it
 */
export async function openThrowawayFolder(
  removeContents: (path: string) => Promise<void>,
): Promise<ThrowawayFolder> {
  await sweep(removeContents);
  const path = await mkdtemp(join(tmpdir(), PREFIX));
  const lock = takeLock(join(path, LOCK));
  return {
    path,
    remove: async () => {
      lock?.release();
      await removeContents(path);
    },
  };
}

async function sweep(removeContents: (path: string) => Promise<void>): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  await Promise.all(
    names.map(async (name) => {
      const path = join(tmpdir(), name);
      if (!(await isSettledAndOurs(join(path, LOCK)))) return;
      const lock = takeLock(join(path, LOCK));
      lock?.release();
      if (lock) await removeContents(path);
    }),
  );
}

async function isSettledAndOurs(lockFile: string): Promise<boolean> {
  const found = await unlessMissing(stat(lockFile));
  return found !== undefined && found.uid === process.getuid?.() && Date.now() - found.mtimeMs > SETTLED_MS;
}
