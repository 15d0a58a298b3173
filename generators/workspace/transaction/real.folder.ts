import { readdirSync } from 'node:fs';
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

/** All files below a folder, from there. */
function* filesBelow(folder: string, path: string): Iterable<string> {
  for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
    const below = `${path}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(folder, below);
    else yield below;
  }
}

export const isFolder = (folder: string, path: string): boolean =>
  lookAt(join(folder, path))?.isDirectory() === true;

/**
 * Why files can't take the place of what lies at some paths; a symbolic link is itself replaced, never followed.
 * @param leaving paths at which a file lies only for now; a folder that holds nothing else may give way to a file
 */
export function refuseOccupied(
  folder: string,
  paths: readonly string[],
  leaving: ReadonlySet<string>,
): string | undefined {
  const occupied = paths.find((path) => {
    const stat = lookAt(join(folder, path));
    if (stat === undefined || stat.isFile() || stat.isSymbolicLink()) return false;
    const files = stat.isDirectory() && !leaving.has(path) ? [...filesBelow(folder, path)] : [];
    return files.length === 0 || !files.every((file) => leaving.has(file));
  });
  return occupied && `${occupied} is a folder or a device, and a file belongs there. Move it away.`;
}

/** Why a file can't be renamed in letter case alone: on some disks both names are the same file. */
export function refuseTwins(
  folder: string,
  written: Iterable<string>,
  leaving: Iterable<string>,
): string | undefined {
  const folded = new Map([...leaving].map((path) => [path.toLowerCase(), path]));
  for (const path of written) {
    const twin = folded.get(path.toLowerCase());
    if (twin === undefined || twin === path) continue;
    const [one, other] = [path, twin].map((name) => lookAt(join(folder, name)));
    if (one && other && one.ino === other.ino) {
      return `${twin} becomes ${path}, which this disk can't tell apart. Rename it by git mv, commit, and run it again.`;
    }
  }
  return undefined;
}
