import { chmod, cp, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from '../files/missing.file.ts';
import { codeOf } from '../stack.error.ts';
import { mendLibraryLinks } from './library.links.ts';
import type { PostgresBinaries } from './platform.binaries.ts';

/**
 * Copies the installed binaries into `directory`, once per version: for an account that can't reach node_modules, and for a
 * node_modules in which we can't mend the library links.
 */
export async function copyBinaries(
  installed: PostgresBinaries,
  directory: string,
): Promise<PostgresBinaries> {
  const folder = join(directory, `binaries-${installed.version}`);
  const copied = { ...installed, root: join(folder, 'native') };
  if (await unlessMissing(stat(folder))) return copied;
  const unfinished = await mkdtemp(`${folder}.`);
  await chmod(unfinished, 0o755);
  await cp(installed.root, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  await mendLibraryLinks(join(unfinished, 'native'));
  try {
    await rename(unfinished, folder);
  } catch (error) {
    // Another process was faster; its copy is the same.
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error;
    await rm(unfinished, { recursive: true });
  }
  return copied;
}
