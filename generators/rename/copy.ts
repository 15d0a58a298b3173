import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isUtf8 } from 'node:buffer';
import { listFiles } from './files.ts';
import type { Rename } from './rename.ts';

const permissionBits = 0o777;

/** The contents under the new names; bytes that are no text pass untouched. */
export function renameContents(contents: Buffer, rename: Rename): Buffer {
  if (contents.includes(0) || !isUtf8(contents)) return contents;
  return Buffer.from(rename(contents.toString('utf8')), 'utf8');
}

export interface Copy {
  /** The template's folder, inside a git work tree. */
  readonly from: string;
  /** Where the copy goes; existing files are never overwritten. */
  readonly to: string;
  readonly rename: Rename;
  /** Paths relative to `from`; by default all of the folder's that git doesn't ignore. */
  readonly files?: readonly string[];
}

/**
 * Copies a template file by file under its new names: paths, contents, permissions and symbolic links.
 * @returns the paths written, relative to `to`.
 * @throws Error (EEXIST) when a target is there already.
 */
export function copyTemplate({ from, to, rename, files = listFiles(from) }: Copy): string[] {
  return files.map((path) => {
    const source = join(from, path);
    const target = join(to, rename(path));
    mkdirSync(dirname(target), { recursive: true });
    const stat = lstatSync(source);
    if (stat.isSymbolicLink()) symlinkSync(rename(readlinkSync(source)), target);
    else {
      writeFileSync(target, renameContents(readFileSync(source), rename), { flag: 'wx' });
      chmodSync(target, stat.mode & permissionBits);
    }
    return rename(path);
  });
}
