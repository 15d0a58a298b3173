import { mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lookAt } from '../../tree/index.ts';

/** Takes back one step. */
type Undo = () => void;

/** The workspace can't be brought back to what it was; git still knows all of it. */
export class HalfSwitched extends Error {}

export interface Switch {
  readonly root: string;
  /** Where the new files lie, under the same paths; on the same disk. */
  readonly staged: string;
  /** Where the old ones go. */
  readonly retired: string;
  /** Each path that changes, and whether there is a new file for it. */
  readonly paths: ReadonlyMap<string, boolean>;
}

const isThere = (path: string): boolean => lookAt(path) !== undefined;

/** Folders go when they are empty, after their files. */
const isFile = (path: string): boolean => lookAt(path)?.isDirectory() === false;

/**
 * Puts new files in the place of old ones: each step is a rename, which needs no room on the disk, and when one of them
 * fails, or what follows them does, all are taken back.
 * @param then what belongs to it and may fail
 * @throws HalfSwitched when it fails and can't be taken back
 */
export function switchFiles({ root, staged, retired, paths }: Switch, then: () => void): void {
  const undos: Undo[] = [];
  try {
    // First everything that goes, so that a folder can become a file and a file a folder.
    for (const path of paths.keys()) {
      if (isFile(join(root, path))) undos.push(move(join(root, path), join(retired, path)));
    }
    for (const path of paths.keys()) undos.push(...removeEmptyFolders(root, path));
    for (const [path, isNew] of paths) {
      if (isNew) undos.push(...makeFolders(root, path), move(join(staged, path), join(root, path)));
    }
    then();
  } catch (error) {
    takeBack(undos, error);
    throw error;
  }
}

function takeBack(undos: readonly Undo[], cause: unknown): void {
  try {
    for (const undo of undos.toReversed()) undo();
  } catch {
    throw new HalfSwitched(
      'The update failed, and could not be taken back as a whole. Run git status, then git reset --hard: git knows every file as it was.',
      { cause },
    );
  }
}

function move(from: string, to: string): Undo {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
  return () => renameSync(to, from);
}

const foldersOf = (path: string): string[] => {
  const folder = dirname(path);
  return folder === '.' ? [] : [folder, ...foldersOf(folder)];
};

/** As git does: a folder goes with its last file. */
function removeEmptyFolders(root: string, path: string): Undo[] {
  const undos: Undo[] = [];
  for (const folder of foldersOf(path).map((below) => join(root, below))) {
    try {
      rmdirSync(folder);
    } catch (error) {
      if (isUnremarkable(error)) return undos;
      throw error;
    }
    undos.push(() => mkdirSync(folder));
  }
  return undos;
}

const isUnremarkable = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'].includes(String(error.code));

function makeFolders(root: string, path: string): Undo[] {
  return foldersOf(path)
    .toReversed()
    .map((below) => join(root, below))
    .filter((folder) => !isThere(folder))
    .map((folder) => {
      mkdirSync(folder);
      return () => rmdirSync(folder);
    });
}
