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
      if (isFile(join(root, path))) move(join(root, path), join(retired, path), undos);
    }
    for (const path of paths.keys()) removeEmptyFolders(root, path, undos);
    for (const [path, isNew] of paths) {
      if (!isNew) continue;
      makeFolders(root, path, undos);
      move(join(staged, path), join(root, path), undos);
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

function move(from: string, to: string, undos: Undo[]): void {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
  undos.push(() => renameSync(to, from));
}

const foldersOf = (path: string): string[] => {
  const folder = dirname(path);
  return folder === '.' ? [] : [folder, ...foldersOf(folder)];
};

/** As git does: a folder goes with its last file. */
function removeEmptyFolders(root: string, path: string, undos: Undo[]): void {
  for (const folder of foldersOf(path).map((below) => join(root, below))) {
    try {
      rmdirSync(folder);
    } catch (error) {
      if (isUnremarkable(error)) return;
      throw error;
    }
    undos.push(() => mkdirSync(folder));
  }
}

const isUnremarkable = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'].includes(String(error.code));

function makeFolders(root: string, path: string, undos: Undo[]): void {
  const missing = foldersOf(path)
    .map((below) => join(root, below))
    .filter((folder) => lookAt(folder) === undefined);
  for (const folder of missing.toReversed()) {
    mkdirSync(folder);
    undos.push(() => rmdirSync(folder));
  }
}
