import type { FileMode, TreeFile } from '../../tree/index.ts';
import { runGit, GitError, type GitCall } from './git.program.ts';
import { ImportStream, listTree, splitNul, type TreeEntries, type TreeEntry } from './git.objects.ts';
import { countLines, findRenames, type LineCount, type Renames } from './tree.difference.ts';

/** What git merges: each side's files by their paths, as contents or by the ids of what the repository has. */
export interface MergeSides {
  readonly base: Iterable<readonly [string, TreeFile | TreeEntry]>;
  readonly yours: Iterable<readonly [string, TreeFile | TreeEntry]>;
  readonly theirs: Iterable<readonly [string, TreeFile | TreeEntry]>;
  /** What lines are counted against: yours, or what it was before files of it were restored. */
  readonly before: Iterable<readonly [string, TreeFile | TreeEntry]>;
  /** What the other side is called in the marks of a conflict. */
  readonly label: string;
}

/** One side's version of a file in conflict: the base's is 1, yours 2, theirs 3. */
export interface Stage {
  readonly path: string;
  readonly stage: 1 | 2 | 3;
  readonly mode: FileMode;
  readonly id: string;
}

/** What git says about some paths; its kind is fixed (`CONFLICT (contents)`), whatever the language. */
export interface MergeMessage {
  readonly kind: string;
  readonly paths: readonly string[];
}

export interface TreeMerge {
  readonly entries: TreeEntries;
  readonly stages: readonly Stage[];
  readonly messages: readonly MergeMessage[];
  /** From the base to yours, and to theirs. */
  readonly renames: { readonly yours: Renames; readonly theirs: Renames };
  /** Lines added to and taken from each of your files, by its path afterwards; none for bytes that are no text. */
  readonly lines: ReadonlyMap<string, LineCount>;
}

/** Merges two trees as git does, in a repository that is thrown away. */
export function mergeTrees({ base, yours, theirs, before, label }: MergeSides, call: GitCall): TreeMerge {
  const stream = new ImportStream();
  stream.commit('refs/heads/base', base);
  stream.commit('refs/heads/yours', yours, 'refs/heads/base');
  stream.commit(`refs/heads/${label}`, theirs, 'refs/heads/base');
  stream.commit('refs/heads/before', before);
  stream.run(call);
  const { status, stdout, stderr } = runGit(
    ['merge-tree', '--write-tree', '-z', '--messages', 'yours', label],
    call,
  );
  if (status > 1) throw new GitError(stderr);
  const { tree, stages, messages } = parseMerge(splitNul(stdout));
  return {
    entries: listTree(tree, call),
    stages,
    messages,
    renames: { yours: findRenames('base', 'yours', call), theirs: findRenames('base', label, call) },
    lines: countLines('before', tree, call),
  };
}

/** Reads `git merge-tree -z`: the tree, the stages up to an empty field, then messages that begin with how many paths they name. */
function parseMerge([tree = '', ...fields]: string[]): Pick<TreeMerge, 'stages' | 'messages'> & {
  tree: string;
} {
  const end = fields.indexOf('');
  const stages = fields.slice(0, end).map((field): Stage => {
    const tab = field.indexOf('\t');
    const [mode, id = '', stage] = field.slice(0, tab).split(' ');
    return { path: field.slice(tab + 1), stage: Number(stage) as 1, mode: mode as FileMode, id };
  });
  const messages: MergeMessage[] = [];
  for (let at = end + 1; at < fields.length;) {
    const paths = Number(fields[at]);
    messages.push({ paths: fields.slice(at + 1, at + 1 + paths), kind: fields[at + 1 + paths] ?? '' });
    at += paths + 3;
  }
  return { tree, stages, messages };
}
