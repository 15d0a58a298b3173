import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileTree, TreeFile } from '../tree/index.ts';
import { recorded } from './record/stamp.record.ts';
import { trialOwner, TrialWorkspace } from './trial/trial.workspace.ts';
import { applyEdits, history, type History } from './trial/tree.edits.ts';
import { isPristine } from './record/pristine.files.ts';
import { recordFile, type ChangeKind, type FileChange } from './index.ts';

/** Brings a workspace to the template's next version, and says what it did. */
type Updater = (workspace: TrialWorkspace, next: FileTree) => Promise<readonly FileChange[]>;

const merging: Updater = async (workspace, next) => (await workspace.update(Object.fromEntries(next))).files;

/** What a template without memory does. */
const overwriting: Updater = (workspace, next) => {
  workspace.write(Object.fromEntries([...next].filter(([path]) => trialOwner(path) !== 'yours')));
  return Promise.resolve([]);
};

const rendered = ({ stamped, theirs }: History): { before: FileTree; after: FileTree } => {
  const before = applyEdits(new Map(), stamped, 'stamped');
  return { before, after: applyEdits(before, theirs, 'theirs') };
};

async function withEdited(
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
const filesOf = (workspace: TrialWorkspace): FileTree =>
  new Map([...workspace.tree()].filter(([path]) => !isPristine(path) && path !== recordFile));

const linesOf = (tree: FileTree): string[] =>
  [...tree.values()].flatMap(({ contents }) => contents.toString().split('\n'));

/** All that was added by the user and is nowhere any longer. */
function lostLines(before: FileTree, after: FileTree): string[] {
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

async function loses(updater: Updater, tried: History): Promise<string[]> {
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

describe('any update', () => {
  it('loses no line of the user and overwrites no edited file', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(history, async (tried) => {
        expect(await loses(merging, tried)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('would be caught if it only overwrote', { timeout: 240_000 }, async () => {
    const result = await fc.check(
      fc.asyncProperty(history, async (tried) => {
        expect(await loses(overwriting, tried)).toEqual([]);
      }),
      { numRuns: 100, endOnFailure: true },
    );
    expect(result.failed).toBe(true);
  });

  it(
    'gives the same bytes twice, and nothing more to do once it is committed',
    { timeout: 240_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(history, (tried) =>
          withEdited(tried, async (workspace) => {
            const next = Object.fromEntries(rendered(tried).after);
            const [first, second] = [workspace.plan(next), workspace.plan(next)];
            expect({ ...second, workspace: 0 }).toEqual({ ...first, workspace: 0 });
            await workspace.update(next);
            workspace.commit();
            expect([...workspace.plan(next).writes]).toEqual([]);
          }),
        ),
        { numRuns: 20 },
      );
    },
  );

  it(
    'finds all that it merges from in the repository, also the next time',
    { timeout: 240_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(history, (tried) =>
          withEdited(tried, async (workspace) => {
            const { after } = rendered(tried);
            await workspace.update(Object.fromEntries(after));
            workspace.commit();
            workspace.git('gc', '--quiet', '--prune=now');
            const edited = [...filesOf(workspace)];
            const bases = workspace.bases();
            const needed = edited
              .filter(
                ([path, file]) => after.has(path) && recorded(file).id !== bases.record.files.get(path)?.id,
              )
              .filter(([path]) => trialOwner(path) !== 'yours')
              .map(([path]) => path);
            expect(bases.missing.filter((path) => needed.includes(path))).toEqual([]);
            const later = applyEdits(after, tried.later, 'later');
            const mine = filesOf(workspace);
            const plan = await workspace.update(Object.fromEntries(later), { version: '1.2.0' });
            expect(lostLines(mine, filesOf(workspace))).toEqual([]);
            expect(plan.doubted).toEqual([]);
          }),
        ),
        { numRuns: 15 },
      );
    },
  );
});
