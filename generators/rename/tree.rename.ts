import { isUtf8 } from 'node:buffer';
import type { FileTree, TreeFile } from '../tree/index.ts';
import type { Rename } from './rename.ts';

/** A file under the new names: its text, or where it leads; bytes that are no text pass untouched. */
export function renameFile({ mode, contents }: TreeFile, rename: Rename): TreeFile {
  if (contents.includes(0) || !isUtf8(contents)) return { mode, contents };
  return { mode, contents: Buffer.from(rename(contents.toString('utf8'))) };
}

/** Every file of a tree under the new names: paths, contents and where symbolic links lead. */
export const renameTree = (tree: FileTree, rename: Rename): FileTree =>
  new Map([...tree].map(([path, file]) => [rename(path), renameFile(file, rename)]));
