import { recordFile, type ChangeKind, type FileChange } from '../index.ts';
import { isPristine } from '../record/pristine.files.ts';
import type { FileTree, TreeFile } from '../../tree/index.ts';
import { trialOwner, TrialWorkspace } from './trial.workspace.ts';
import { applyEdits, type History } from './tree.edits.ts';

/** Brings a workspace to the template's next version, and says what it did. */
export type Updater = (workspace: TrialWorkspace, next: FileTree) => Promise<readonly FileChange[]>;

export const merging: Updater = async (workspace, next) =>
  (await workspace.update(Object.fromEntries(next))).files;

/** What a template without memory does. */
export const overwriting: Updater = (workspace, next) => {
  workspace.write(Object.fromEntries([...next].filter(([path]) => trialOwner(path) !== 'yours')));
  return Promise.resolve([]);
};

export const rendered = ({ stamped, theirs }: History): { before: FileTree; after: FileTree } => {
  const before = applyEdits(new Map(), stamped, 'stamped');
  return { before, after: applyEdits(before, theirs, 'theirs') };
};

export async function withEdited(
  { stamped, mine }: History,
  action: (workspace: TrialWorkspace) => Promise<void>,
): Promise<void> {
  const before = applyEdits(new Map(), stamped, 'stamped');
  const workspace = new TrialWorkspace(Object.fromEntries(before));
  try {
    const edited = applyEdits(before, mine, 'mine');
    const gone = [...before.keys()].filter((path) => !edited.has(path));
    workspace.write(Object.fromEntries(gone.map((path) => [path, undefined])));
    workspace.edit(Object.fromEntries(edited));
    await action(workspace);
  } finally {
    workspace.remove();
  }
}

/** What lies in a workspace, but for what an update keeps for itself. */
export const filesOf = (workspace: TrialWorkspace): FileTree =>
  new Map([...workspace.tree()].filter(([path]) => !isPristine(path) && path !== recordFile));

const linesOf = (tree: FileTree): string[] =>
  [...tree.values()].flatMap(({ contents }) => contents.toString().split('\n'));

/** All that was added by the user and is nowhere any longer. */
export function lostLines(before: FileTree, after: FileTree): string[] {
  const now = new Set(linesOf(after));
  return linesOf(before).filter((line) => line.includes('mine') && !now.has(line));
}

const isSame = (one: TreeFile | undefined, other: TreeFile | undefined): boolean =>
  one?.mode === other?.mode &&
  (one?.contents.equals(other?.contents ?? Buffer.alloc(0)) ?? other === undefined);

/** Only what the user had left alone becomes the template's without a merge. */
const untouchedOnly: readonly ChangeKind[] = ['changed', 'removed'];

/** Files of the user's that changed without a word, or that were replaced although they were edited. */
function silentChanges(
  [before, after]: readonly [FileTree, FileTree],
  stamped: FileTree,
  report: readonly FileChange[],
): string[] {
  return [...before].flatMap(([path, file]) => {
    if (isSame(file, after.get(path))) return [];
    if (trialOwner(path) === 'yours') return [`${path} is yours`];
    const change = report.find((candidate) => candidate.path === path || candidate.from === path);
    if (!change) return [`${path} is not reported`];
    const isEdited = !isSame(file, stamped.get(path));
    return isEdited && untouchedOnly.includes(change.kind) ? [`${path} was ${change.kind}`] : [];
  });
}

export async function loses(updater: Updater, tried: History): Promise<string[]> {
  const { before, after } = rendered(tried);
  let found: string[] = [];
  await withEdited(tried, async (workspace) => {
    const mine = filesOf(workspace);
    const report = await updater(workspace, after);
    const now = filesOf(workspace);
    found = [...lostLines(mine, now), ...silentChanges([mine, now], before, report)];
  });
  return found;
}
