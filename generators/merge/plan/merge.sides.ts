import type { Owner } from '../../template/index.ts';
import type { FileTree, TreeFile } from '../../tree/index.ts';
import { blobId, type TreeEntries, type TreeEntry } from '../git/git.objects.ts';
import type { BaseFiles } from '../record/base.files.ts';
import { isPristine } from '../record/pristine.files.ts';
import { recordFile } from '../record/stamp.record.ts';
import { folderClashes } from './folder.clashes.ts';
import { withEndingsOf } from './line.endings.ts';

/** Whose a stamped file is, by its path. */
export type OwnerOf = (path: string) => Owner;

type Side = ReadonlyMap<string, TreeFile | TreeEntry>;

/** The three trees of a merge, of those paths alone that an update may touch. */
export interface Sides {
  readonly base: Side;
  readonly yours: Side;
  readonly theirs: Side;
  /** The rest of the workspace: the user's own, submodules, and what the update itself keeps. */
  readonly untouched: TreeEntries;
}

export interface SidesRequest {
  /** The workspace's files in the last commit. */
  readonly entries: TreeEntries;
  /** Those of them at paths that are stamped, was it before or now. */
  readonly committed: FileTree;
  readonly bases: BaseFiles;
  readonly next: FileTree;
  readonly ownerOf: OwnerOf;
  /** Whether the template's files come back as the template has them. */
  readonly restore: boolean;
}

export const isUpdated = (path: string, ownerOf: OwnerOf): boolean =>
  path !== recordFile && !isPristine(path) && ownerOf(path) !== 'yours';

/** What a merge may see. Where git has lost a base, it is left out, so that both versions are shown instead of one chosen. */
export function mergeSides(request: SidesRequest): Sides {
  const { entries, committed, bases, next, ownerOf, restore } = request;
  const base = new Map<string, TreeFile>();
  const theirs = new Map<string, TreeFile>();
  const yours = new Map<string, TreeFile | TreeEntry>();
  const untouched = new Map<string, TreeEntry>();
  for (const [path, entry] of entries) {
    const isMerged = isUpdated(path, ownerOf) && entry.mode !== '160000';
    (isMerged ? yours : untouched).set(path, entry);
  }
  const { files: stamped } = bases.record;
  const blocked = folderClashes(next.keys(), entries.keys());
  const paths = new Set([...stamped.keys(), ...next.keys()].filter((path) => isUpdated(path, ownerOf)));
  for (const path of paths) {
    const mine = committed.get(path);
    const before = baseOf(path, bases, next);
    const after = next.get(path);
    const isRestored = restore && stamped.has(path) && ownerOf(path) === 'template' && !blocked.has(path);
    if (isRestored && after) {
      for (const side of [base, yours, theirs]) side.set(path, after);
      continue;
    }
    // Deleted by the user, and nobody knows what: not a new file.
    if (after && !before && !mine && stamped.has(path)) continue;
    if (before) base.set(path, withEndingsOf(mine, before));
    if (after) theirs.set(path, withEndingsOf(mine, after));
  }
  return { base, yours, theirs, untouched };
}

function baseOf(path: string, { record, files }: BaseFiles, next: FileTree): TreeFile | undefined {
  const stamped = record.files.get(path);
  const after = next.get(path);
  const isUnchanged = stamped && after && blobId(after.contents) === stamped.id;
  return isUnchanged ? { mode: stamped.mode, contents: after.contents } : files.get(path);
}
