import { readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { unlessMissing } from '../files/missing.file.ts';
import { codeOf } from '../stack.error.ts';

interface Link {
  source: string;
  target: string;
}

/**
 * Makes the library links that npm packages can't carry and that the package's install script would make; that script
 * doesn't run here. Safe to repeat and to run from several processes at once.
 *
 * @param root the `native` folder of a platform package
 * @returns false when a link is missing and may not be made here (somebody else's or a read-only node_modules)
 */
export async function mendLibraryLinks(root: string): Promise<boolean> {
  for (const { source, target } of await linksOf(root)) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- the first refusal decides
      await symlink(basename(source), join(dirname(root), target));
    } catch (error) {
      const code = codeOf(error) ?? '';
      if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return false;
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

async function linksOf(root: string): Promise<Link[]> {
  const list = await unlessMissing(readFile(join(root, 'pg-symlinks.json'), 'utf8'));
  const links: Link[] = list ? JSON.parse(list) : [];
  return links;
}
