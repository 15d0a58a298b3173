import type { TreeEntry } from '../git/git.objects.ts';
import type { Stage, TreeMerge } from '../git/tree.merge.ts';

/** What the two sides disagree about: lines, bytes, where a link leads, where a file went, what a path is. */
export type Disagreement = 'text' | 'binary' | 'link' | 'moved' | 'folder' | 'type';

/** What is left for the user to decide. */
export interface Conflict {
  readonly about: Disagreement;
  readonly stages: readonly Stage[];
  /** Where the file was, when git had to put it aside (`docker~yours`) to make room for what is there now. */
  readonly asideFrom?: string;
}

export interface Decision {
  readonly entries: ReadonlyMap<string, TreeEntry>;
  readonly conflicts: ReadonlyMap<string, Conflict>;
}

const oneSided = new Set(['CONFLICT (modify/delete)', 'CONFLICT (rename/delete)']);

/**
 * Decides what git leaves open but has one safe answer. A file that the user edited and the template removed is kept, and so is
 * one that the user moved; one that the user deleted stays deleted; one that the user deleted and the template moved is a new file.
 * @param isStamped whether a path was stamped before
 */
export function decideConflicts(merge: TreeMerge, isStamped: (path: string) => boolean): Decision {
  const entries = new Map(merge.entries);
  const conflicts = new Map<string, Conflict>();
  for (const [path, stages] of Map.groupBy(merge.stages, (stage) => stage.path)) {
    const kinds = conflictKinds(merge, path);
    const [mine, theirs] = [2, 3].map((wanted) => stages.find(({ stage }) => stage === wanted));
    if (!kinds.every((kind) => oneSided.has(kind)) || (mine && theirs)) {
      const asideFrom = placeBefore(merge, path);
      conflicts.set(path, {
        about: disagreementOf(kinds, stages),
        stages,
        ...(asideFrom !== undefined && { asideFrom }),
      });
    } else if (mine) {
      entries.set(path, { mode: mine.mode, id: mine.id });
    } else if (isStamped(path)) {
      entries.delete(path);
    }
  }
  return { entries, conflicts };
}

const conflictKinds = ({ messages }: TreeMerge, path: string): string[] =>
  messages
    .filter(({ kind, paths }) => kind.startsWith('CONFLICT') && paths.includes(path))
    .map(({ kind }) => kind);

/** Git puts a file aside under its own name, a tilde and the name of a side. */
const placeBefore = ({ messages }: TreeMerge, path: string): string | undefined =>
  messages
    .filter(({ kind, paths }) => kind.startsWith('CONFLICT') && paths.includes(path))
    .flatMap(({ paths }) => paths)
    .find((other) => path.startsWith(`${other}~`));

function disagreementOf(kinds: readonly string[], stages: readonly Stage[]): Disagreement {
  const has = (kind: string): boolean => kinds.includes(`CONFLICT (${kind})`);
  if (has('rename/rename')) return 'moved';
  if (has('file/directory')) return 'folder';
  // Git called it by the first name up to 2.39.
  if (has('distinct modes') || has('distinct types')) return 'type';
  if (has('binary')) return 'binary';
  return stages.some(({ mode }) => mode === '120000') ? 'link' : 'text';
}
