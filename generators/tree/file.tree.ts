import { chmodSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lookAt } from './disk.entry.ts';

/** As git writes it: an ordinary file, an executable one, a symbolic link. */
export type FileMode = '100644' | '100755' | '120000';

export interface TreeFile {
  readonly mode: FileMode;
  /** Of a symbolic link: where it leads. */
  readonly contents: Buffer;
}

/** Files by their paths below one folder, with forward slashes. */
export type FileTree = ReadonlyMap<string, TreeFile>;

/** An ordinary file of some text. */
export const textFile = (text: string): TreeFile => ({ mode: '100644', contents: Buffer.from(text) });

const executable = 0o111;

/**
 * One file as it lies in a folder.
 * @returns undefined when there is none, or something that git doesn't keep, like a folder or a socket.
 */
export function readTreeFile(folder: string, path: string): TreeFile | undefined {
  const file = join(folder, path);
  const stat = lookAt(file);
  if (stat?.isSymbolicLink()) return { mode: '120000', contents: Buffer.from(readlinkSync(file)) };
  if (!stat?.isFile()) return undefined;
  return { mode: stat.mode & executable ? '100755' : '100644', contents: readFileSync(file) };
}

/** Those of some paths of a folder that are there. */
export function readTree(folder: string, paths: readonly string[]): FileTree {
  const files = paths.map((path) => [path, readTreeFile(folder, path)] as const);
  return new Map(files.filter((entry): entry is readonly [string, TreeFile] => entry[1] !== undefined));
}

/** Writes every file of a tree below a folder; nothing may be there yet. */
export function writeTree(folder: string, tree: FileTree): void {
  for (const [path, { mode, contents }] of tree) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    if (mode === '120000') symlinkSync(contents.toString(), file);
    else {
      writeFileSync(file, contents, { flag: 'wx' });
      chmodSync(file, mode === '100755' ? 0o755 : 0o644);
    }
  }
}
