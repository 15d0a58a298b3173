import { createHash } from 'node:crypto';
import type { FileMode, TreeFile } from '../../tree/index.ts';
import { git, type GitCall } from './git.program.ts';

/** How a repository names its objects. */
export type ObjectFormat = 'sha1' | 'sha256';

/** The id under which git keeps some bytes. */
export const blobId = (contents: Buffer, format: ObjectFormat = 'sha1'): string =>
  createHash(format).update(`blob ${contents.length}\0`).update(contents).digest('hex');

/** An entry of a git tree; a submodule has the mode 160000. */
export interface TreeEntry {
  readonly mode: FileMode | '160000';
  readonly id: string;
}

export type TreeEntries = ReadonlyMap<string, TreeEntry>;

/** What git's NUL-separated answers hold. */
export const splitNul = (answer: Buffer): string[] => answer.toString().split('\0').slice(0, -1);

/** All files of a tree, its folders' included; paths begin at the tree. */
export function listTree(tree: string, call: GitCall): TreeEntries {
  const lines = splitNul(git(['ls-tree', '-r', '-z', '--full-tree', tree], call));
  return new Map(
    lines.map((line) => {
      const tab = line.indexOf('\t');
      const [mode, , id = ''] = line.slice(0, tab).split(' ');
      return [line.slice(tab + 1), { mode: mode as TreeEntry['mode'], id }];
    }),
  );
}

const newline = 10;

/** The blobs with these ids that a repository has, by their ids; read by one process. */
export function readBlobs(ids: Iterable<string>, call: GitCall): ReadonlyMap<string, Buffer> {
  const wanted = [...new Set(ids)];
  const found = new Map<string, Buffer>();
  if (wanted.length === 0) return found;
  const answer = git(['cat-file', '--batch'], { ...call, input: `${wanted.join('\n')}\n` });
  for (let start = 0; start < answer.length;) {
    const end = answer.indexOf(newline, start);
    const [id = '', type, size] = answer.toString('utf8', start, end).split(' ');
    start = end + 1;
    if (size === undefined) continue;
    const length = Number(size);
    if (type === 'blob') found.set(id, answer.subarray(start, start + length));
    start += length + 1;
  }
  return found;
}

/** A path in quotes, as git reads it from its input, so that it may hold anything. */
export const quoted = (path: string): string =>
  `"${path.replaceAll(/[\\"]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`)}"`;

/** The stream of a `git fast-import`: many objects by one process. */
export class ImportStream {
  readonly #parts: Buffer[] = [];

  blob(contents: Buffer): void {
    this.#parts.push(Buffer.from(`blob\ndata ${contents.length}\n`), contents, Buffer.from('\n'));
  }

  /** A commit that is the same whenever and by whomever it is made. */
  commit(ref: string, files: Iterable<readonly [string, TreeFile | TreeEntry]>, parent?: string): void {
    const from = parent === undefined ? '' : `from ${parent}\n`;
    this.#text(`commit ${ref}\ncommitter update <update@localhost> 0 +0000\ndata 0\n${from}deleteall\n`);
    for (const [path, file] of files) {
      if ('id' in file) this.#text(`M ${file.mode} ${file.id} ${quoted(path)}\n`);
      else {
        this.#text(`M ${file.mode} inline ${quoted(path)}\ndata ${file.contents.length}\n`);
        this.#parts.push(file.contents, Buffer.from('\n'));
      }
    }
    this.#text('\n');
  }

  run(call: GitCall): void {
    if (this.#parts.length === 0) return;
    git(['fast-import', '--quiet', '--force'], { ...call, input: Buffer.concat(this.#parts) });
  }

  #text(text: string): void {
    this.#parts.push(Buffer.from(text));
  }
}
