import { git, type GitCall } from './git.program.ts';
import { splitNul } from './git.objects.ts';

/** Files that were moved: from where to where. */
export type Renames = ReadonlyMap<string, string>;

export interface LineCount {
  readonly added: number;
  readonly removed: number;
}

/** Files that one tree has elsewhere than the other, their contents mostly the same. */
export function findRenames(before: string, after: string, call: GitCall): Renames {
  const answer = git(
    ['diff-tree', '-r', '-z', '-M', '--diff-filter=R', '--name-status', before, after],
    call,
  );
  const fields = splitNul(answer);
  const renames = new Map<string, string>();
  for (let at = 0; at < fields.length; at += 3) renames.set(fields[at + 1] ?? '', fields[at + 2] ?? '');
  return renames;
}

/** How many lines differ, by each file's path afterwards; none for bytes that are no text. */
export function countLines(before: string, after: string, call: GitCall): ReadonlyMap<string, LineCount> {
  const fields = splitNul(git(['diff-tree', '-r', '-z', '-M', '--numstat', before, after], call));
  const lines = new Map<string, LineCount>();
  for (let at = 0; at < fields.length; at++) {
    const [, added = '', removed = '', path = ''] = /^(\S+)\t(\S+)\t([^]*)$/.exec(fields[at] ?? '') ?? [];
    // A moved file has both its paths in fields of their own.
    if (path === '') at += 2;
    if (added !== '-') {
      lines.set(path === '' ? (fields[at] ?? '') : path, { added: Number(added), removed: Number(removed) });
    }
  }
  return lines;
}
