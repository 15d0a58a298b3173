import { join, posix } from 'node:path';
import { lookAt } from '../../tree/index.ts';

/** The folders above a path, the outermost first. */
export function foldersOf(path: string): string[] {
  const parent = posix.dirname(path);
  return parent === '.' ? [] : [...foldersOf(parent), parent];
}

/**
 * Why the way to some paths of a folder can't be gone, in a sentence for the user. A symbolic link on it could lead
 * anywhere, so it is never followed.
 * @param leaving paths at which a file lies only for now
 */
export function refuseParents(
  folder: string,
  paths: readonly string[],
  leaving: ReadonlySet<string>,
): string | undefined {
  for (const path of paths) {
    for (const parent of foldersOf(path)) {
      const stat = lookAt(join(folder, parent));
      if (stat === undefined || leaving.has(parent)) break;
      if (stat.isSymbolicLink())
        return `${parent} is a symbolic link, and nothing is written through one. Replace it by a folder.`;
      if (!stat.isDirectory()) return `${parent} is a file, and ${path} needs a folder there. Move it away.`;
    }
  }
  return undefined;
}

/** Why files can't take the place of what lies at some paths; a symbolic link is itself replaced, never followed. */
export function refuseOccupied(folder: string, paths: readonly string[]): string | undefined {
  const occupied = paths.find((path) => {
    const stat = lookAt(join(folder, path));
    return stat !== undefined && !stat.isFile() && !stat.isSymbolicLink();
  });
  return occupied && `${occupied} is a folder or a device, and a file belongs there. Move it away.`;
}
