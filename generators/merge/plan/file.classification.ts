import type { Owner } from '../../template/index.ts';
import type { TreeEntries, TreeEntry } from '../git/git.objects.ts';
import type { Renames } from '../git/tree.difference.ts';
import type { TreeMerge } from '../git/tree.merge.ts';
import type { Decision } from './conflict.decision.ts';
import type { FileChange } from './file.change.ts';
import type { OwnerOf } from './merge.sides.ts';

/** All that is known of a workspace's files, before and after. Ids are in the format of the workspace's repository. */
export interface Outcome {
  /** The last commit. */
  readonly before: TreeEntries;
  /** As stamped before, and now; the user's own are among them. */
  readonly stamped: TreeEntries;
  readonly next: TreeEntries;
  readonly merge: TreeMerge;
  readonly decision: Decision;
  readonly ownerOf: OwnerOf;
  readonly isRestored: (path: string) => boolean;
}

const isSame = (one: TreeEntry | undefined, other: TreeEntry | undefined): boolean =>
  one?.id === other?.id && one?.mode === other?.mode;

/** Where a moved file was before, by its new path. */
interface Origins {
  readonly yours: Renames;
  readonly theirs: Renames;
}

const invert = (renames: Renames): Renames => new Map([...renames].map(([from, to]) => [to, from]));

/** Says for each file what the update does with it; files that it leaves as they are, without a word. */
export function classifyFiles(outcome: Outcome): FileChange[] {
  const { before, stamped, next, merge, decision } = outcome;
  const trees = [before, stamped, next, decision.entries, decision.conflicts];
  const paths = new Set(trees.flatMap((tree) => [...tree.keys()]));
  const origins = { yours: invert(merge.renames.yours), theirs: invert(merge.renames.theirs) };
  return [...paths].toSorted().flatMap((path): FileChange[] => {
    if (outcome.ownerOf(path) === 'yours') return leftAlone(outcome, path);
    const found = classify(outcome, origins, path);
    if (found === undefined) return [];
    const lines = merge.lines.get(path);
    return [{ path, owner: ownerOfFile(outcome, origins, path), ...(lines && { lines }), ...found }];
  });
}

/** A file that the user moved belongs to whom it did. */
function ownerOfFile({ stamped, next, ownerOf }: Outcome, { yours }: Origins, path: string): Owner {
  const from = yours.get(path);
  return stamped.has(path) || next.has(path) || from === undefined ? ownerOf(path) : ownerOf(from);
}

function leftAlone({ before, stamped, next }: Outcome, path: string): FileChange[] {
  const theirs = next.get(path);
  const mine = before.get(path);
  const isNews = theirs && !isSame(theirs, stamped.get(path)) && !isSame(theirs, mine);
  // A sample that the user threw away is no news when it changes.
  const isWanted = mine !== undefined || !stamped.has(path);
  return isNews && isWanted ? [{ path, owner: 'yours', kind: 'left', shown: theirs.id }] : [];
}

type Found = Pick<FileChange, 'kind' | 'from' | 'about' | 'shown'>;

function classify(outcome: Outcome, origins: Origins, path: string): Found | undefined {
  const { before, stamped, next, merge, decision, isRestored } = outcome;
  const [mine, base, theirs, after] = [before, stamped, next, decision.entries].map((tree) => tree.get(path));
  const conflict = decision.conflicts.get(path);
  const from = originOf(outcome, origins, path);
  if (conflict) return after && { kind: 'conflict', about: conflict.about, ...from };
  if (isSame(mine, after)) return classifyUnchanged(outcome, origins, path);
  if (!after) {
    const isElsewhere = isReportedAt(outcome, merge.renames.theirs.get(path)) || wasPutAside(outcome, path);
    return isElsewhere ? undefined : { kind: 'removed' };
  }
  if (isRestored(path) && !isSame(mine, base)) return { kind: 'restored' };
  if (!mine) return from.from === undefined ? { kind: 'added' } : { kind: 'renamed', ...from };
  if (isSame(mine, base) && isSame(after, theirs)) return { kind: 'changed' };
  return { kind: 'merged', ...from };
}

/** Where a file was that git put aside, that the template moved, or that the user did. */
function originOf(outcome: Outcome, { yours, theirs }: Origins, path: string): Pick<FileChange, 'from'> {
  const byTemplate = theirs.get(path);
  const from =
    outcome.decision.conflicts.get(path)?.asideFrom ??
    (byTemplate !== undefined && outcome.before.has(byTemplate) ? byTemplate : yours.get(path));
  return from === undefined ? {} : { from };
}

const wasPutAside = ({ decision }: Outcome, path: string): boolean =>
  [...decision.conflicts.values()].some(({ asideFrom }) => asideFrom === path);

/** Whether the report tells what became of a file where it was moved to. */
const isReportedAt = ({ before, decision }: Outcome, path: string | undefined): boolean =>
  path !== undefined &&
  (decision.conflicts.has(path) || !isSame(before.get(path), decision.entries.get(path)));

function classifyUnchanged(outcome: Outcome, { yours }: Origins, path: string): Found | undefined {
  const [mine, base, theirs] = [outcome.before, outcome.stamped, outcome.next].map((tree) => tree.get(path));
  if (!theirs) {
    const from = yours.get(path) ?? path;
    const isGone = outcome.stamped.has(from) && !outcome.next.has(from);
    return mine && isGone ? { kind: 'kept' } : undefined;
  }
  if (mine) return base ? undefined : { kind: 'adopted' };
  return base && !isSame(base, theirs) && !isReportedAt(outcome, outcome.merge.renames.yours.get(path))
    ? { kind: 'deleted', shown: theirs.id }
    : undefined;
}
