import * as fc from 'fast-check';
import type { FileTree, TreeFile } from '../../tree/index.ts';

/** One change of a tree, by whoever makes it; what can't be done to the tree at hand changes nothing. */
export type Edit =
  | { readonly do: 'insert' | 'delete' | 'replace'; readonly path: string; readonly at: number }
  | { readonly do: 'remove' | 'chmod' | 'binary' | 'link'; readonly path: string }
  | { readonly do: 'create'; readonly path: string; readonly lines: number }
  | { readonly do: 'rename'; readonly path: string; readonly to: string };

/** Of all three owners; some of them can't be there together. */
const paths = ['a', 'b/c', 'b', 'libs/d', 'libs/e f', 'libs/d/g', 'apps/h', 'ä'];

const path = fc.constantFrom(...paths);
const at = fc.nat(11);

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('insert', 'delete', 'replace'), path, at }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('remove', 'chmod', 'binary', 'link'), path }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('create' as const), path, lines: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rename' as const), path, to: path }) },
);

/** What was stamped, what the user made of it, and what the template made of it twice. */
export interface History {
  readonly stamped: readonly Edit[];
  readonly mine: readonly Edit[];
  readonly theirs: readonly Edit[];
  readonly later: readonly Edit[];
}

const creation: fc.Arbitrary<Edit> = fc.record({
  do: fc.constant('create' as const),
  path,
  lines: fc.integer({ min: 4, max: 9 }),
});

export const history: fc.Arbitrary<History> = fc.record({
  stamped: fc.array(creation, { minLength: 2, maxLength: 6 }),
  mine: fc.array(edit, { maxLength: 6 }),
  theirs: fc.array(edit, { maxLength: 6 }),
  later: fc.array(edit, { maxLength: 3 }),
});

const clashes = (tree: FileTree, wanted: string): boolean =>
  [...tree.keys()].some((other) => other.startsWith(`${wanted}/`) || wanted.startsWith(`${other}/`));

/** Applies edits in their order; every line that is added names its author, and is there only once. */
export function applyEdits(tree: FileTree, edits: readonly Edit[], author: string): FileTree {
  const files = new Map(tree);
  for (const [n, change] of edits.entries()) applyEdit(files, change, `${author} ${n}`);
  return files;
}

function applyEdit(files: Map<string, TreeFile>, change: Edit, mark: string): void {
  const file = files.get(change.path);
  if (change.do === 'create') {
    if (file || clashes(files, change.path)) return;
    const text = Array.from({ length: change.lines }, (_, n) => `${mark} line ${n}\n`).join('');
    files.set(change.path, { mode: '100644', contents: Buffer.from(text) });
    return;
  }
  if (!file) return;
  if (change.do === 'remove') files.delete(change.path);
  else if (change.do === 'rename') {
    files.delete(change.path);
    const isFree = !files.has(change.to) && !clashes(files, change.to);
    files.set(isFree ? change.to : change.path, file);
  } else files.set(change.path, edited(file, change, mark));
}

function edited(file: TreeFile, change: Edit, mark: string): TreeFile {
  if (change.do === 'binary') return { mode: '100644', contents: Buffer.from(`\0${mark}\n`) };
  if (change.do === 'link') return { mode: '120000', contents: Buffer.from(mark) };
  if (file.mode === '120000') return file;
  if (change.do === 'chmod') return { ...file, mode: file.mode === '100644' ? '100755' : '100644' };
  if (file.contents.includes(0) || !('at' in change)) return file;
  const lines = file.contents.toString().split('\n');
  const place = change.at % lines.length;
  const [removed, added] = { insert: [0, [mark]], delete: [1, []], replace: [1, [mark]] }[change.do] as [
    number,
    string[],
  ];
  // The last line's end stays where it is.
  lines.splice(place, Math.min(removed, lines.length - 1 - place), ...added);
  return { ...file, contents: Buffer.from(lines.join('\n')) };
}
