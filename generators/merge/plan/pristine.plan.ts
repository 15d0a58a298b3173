import type { FileTree, TreeFile } from '../../tree/index.ts';
import { blobId, type ObjectFormat, type TreeEntries } from '../git/git.objects.ts';
import type { Renames } from '../git/tree.difference.ts';
import type { BaseFiles } from '../record/base.files.ts';
import { isPristine, pristinePath } from '../record/pristine.files.ts';

export interface PristineRequest {
  readonly bases: BaseFiles;
  /** What is stamped, but for what is the user's. */
  readonly next: FileTree;
  /** The workspace before and after the update. */
  readonly before: TreeEntries;
  readonly after: TreeEntries;
  /** What the user has moved. */
  readonly moved: Renames;
  readonly format: ObjectFormat;
}

/**
 * Which pristine versions a workspace needs afterwards: of each file that the user edited, unless it was committed as it
 * was stamped. Those that nobody needs any longer are undefined.
 */
export function planPristine(request: PristineRequest): ReadonlyMap<string, TreeFile | undefined> {
  const { before, next } = request;
  const plan = new Map<string, TreeFile | undefined>();
  for (const path of before.keys()) if (isPristine(path)) plan.set(path, undefined);
  for (const [path, { contents }] of next) {
    const pristine = pristinePath(blobId(contents));
    const isKept = before.has(pristine);
    const isNeeded = isKept
      ? !isAsStamped(request, path, contents)
      : isEdited(request, path, contents) && !isInHistory(request, path, contents);
    if (isNeeded) plan.set(pristine, { mode: '100644', contents });
  }
  return plan;
}

/** Wherever the user has moved it. */
function isAsStamped({ after, moved, format }: PristineRequest, path: string, contents: Buffer): boolean {
  const outcome = after.get(path) ?? after.get(moved.get(path) ?? '');
  return outcome?.id === blobId(contents, format);
}

/** Not one that the user deleted. */
const isEdited = (request: PristineRequest, path: string, contents: Buffer): boolean =>
  (request.after.has(path) || request.after.has(request.moved.get(path) ?? '')) &&
  !isAsStamped(request, path, contents);

const isInHistory = ({ bases }: PristineRequest, path: string, contents: Buffer): boolean =>
  bases.files.has(path) && !bases.rendered.has(path) && bases.record.files.get(path)?.id === blobId(contents);
