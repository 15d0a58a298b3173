import type { FileTree } from '../../tree/index.ts';
import { blobId } from '../git/git.objects.ts';
import type { BaseFiles } from '../record/base.files.ts';
import type { StampedWorkspace } from '../workspace/stamped.workspace.ts';
import { isUpdated, type OwnerOf } from './merge.sides.ts';

/** A file of which nobody knows what was stamped, although a merge would need to. */
export interface Baseless {
  readonly path: string;
  /** Git has it no longer, or it was rendered otherwise than it was recorded. */
  readonly reason: 'missing' | 'doubted';
}

/**
 * Those files of which a merge can only show both versions: changed by the user and by the template, and nobody knows from
 * what. For all others what git has is enough, so that only these are worth rendering the recorded version anew.
 */
export function findBaseless(
  { record, missing, doubted }: BaseFiles,
  { entries, format }: Pick<StampedWorkspace, 'entries' | 'format'>,
  next: FileTree,
  ownerOf: OwnerOf,
): Baseless[] {
  const isNeeded = (path: string): boolean => {
    const [mine, theirs] = [entries.get(path), next.get(path)];
    if (!mine || !theirs || !isUpdated(path, ownerOf)) return false;
    const isUnchanged = blobId(theirs.contents) === record.files.get(path)?.id;
    return !isUnchanged && mine.id !== blobId(theirs.contents, format);
  };
  return [
    ...missing.filter(isNeeded).map((path) => ({ path, reason: 'missing' as const })),
    ...doubted.filter(isNeeded).map((path) => ({ path, reason: 'doubted' as const })),
  ];
}
