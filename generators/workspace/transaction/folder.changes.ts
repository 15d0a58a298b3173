import { posix } from 'node:path';
import type { FileTree, TreeFile } from '../../tree/index.ts';
import { foldersOf } from './real.folder.ts';

/** What is to become of a folder. */
export interface FolderChanges {
  /** Files that are new, or that replace what is there. */
  readonly write: FileTree;
  /** Files that go; folders that are empty then go with them, as git does it. */
  readonly remove?: readonly string[];
  /**
   * What the changes were made from: by path what was read there, undefined for nothing. Whoever has changed such a
   * file since must not lose that. A path that is missing here is taken as it lies there when the writing begins.
   */
  readonly seen?: ReadonlyMap<string, TreeFile | undefined>;
}

/** Of every folder in which such changes are under way; git, npm and the listing of files pass over it. */
export const transactionPrefix = '.secure-backend-transaction.';

// Case doesn't matter to some file systems: `.GIT/hooks` is a hook there.
const forbiddenSegment = /^(?:\.{0,2}|\.git|node_modules)$/i;

/** Why a path is none of a stamped file: it leads out of the folder, or to where git and npm keep their own. */
export const refusePath = (path: string): string | undefined => {
  const segments = path.split('/');
  const bad =
    /[\\\0]|^[a-z]:/i.test(path) ||
    segments.some((segment) => forbiddenSegment.test(segment) || segment.startsWith(transactionPrefix));
  return bad
    ? `${JSON.stringify(path)} is not a path that is written to. Take it out of the manifest of stamped files.`
    : undefined;
};

const refuseLink = (path: string, { mode, contents }: TreeFile): string | undefined => {
  const target = contents.toString();
  const inside = posix.join(posix.dirname(path), target);
  return mode === '120000' && (posix.isAbsolute(target) || /^\.\.(?:\/|$)/.test(inside))
    ? `${path} would be a symbolic link that leads out of the folder, to ${target}. Links have to stay inside.`
    : undefined;
};

/** Paths of which not every file system can keep both: case alone differs, or one is a file where another needs a folder. */
function refuseOverlap(written: readonly string[]): string | undefined {
  const folded = new Map(written.map((path) => [path.toLowerCase(), path]));
  for (const path of written) {
    const twin = folded.get(path.toLowerCase());
    if (twin !== undefined && twin !== path)
      return `${path} and ${twin} differ only in case, which some file systems can't keep. Rename one of them.`;
  }
  for (const path of written) {
    const file = foldersOf(path).find((folder) => folded.has(folder.toLowerCase()));
    if (file !== undefined) return `${file} is a file, and ${path} needs a folder there. Rename one of them.`;
  }
  return undefined;
}

/** Why changes can't be made in any folder at all, in a sentence for the user; undefined when they can. */
export function refuseChanges({ write, remove = [] }: FolderChanges): string | undefined {
  const both = remove.find((path) => write.has(path));
  if (both !== undefined) return `${both} is to be written and removed at once. Decide for one of them.`;
  return (
    [...write.keys(), ...remove].map(refusePath).find(Boolean) ??
    [...write].map(([path, file]) => refuseLink(path, file)).find(Boolean) ??
    refuseOverlap([...write.keys()])
  );
}
