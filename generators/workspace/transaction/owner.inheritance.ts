import { lchown } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lookAt } from '../../tree/index.ts';

const root = 0;

/**
 * Gives what root has made to whoever owns what it replaces, or the nearest folder above it: otherwise nobody but root
 * could work on it. Others can only own what they make.
 * @param made where it lies now
 * @param path where it will lie, below the folder
 */
export async function inheritOwner(made: string, folder: string, path: string): Promise<void> {
  if (process.getuid?.() !== root) return;
  for (let above = path; ; above = dirname(above)) {
    const owner = lookAt(join(folder, above));
    if (owner !== undefined) return lchown(made, owner.uid, owner.gid);
  }
}
