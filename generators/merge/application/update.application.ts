import { commitTree, type FolderChanges, Refusal } from '../../workspace/index.ts';
import { readTreeFile, type FileTree } from '../../tree/index.ts';
import { GitError } from '../git/git.program.ts';
import type { UpdatePlan } from '../plan/update.plan.ts';
import { openWorkspace } from '../workspace/stamped.workspace.ts';
import { expectNoObstacles } from './disk.obstacles.ts';
import { filesAsGitWrites } from './smudged.files.ts';
import { importObjects, stageUpdate, unstageUpdate } from './update.index.ts';

/**
 * Brings a workspace to what was planned: its files, and git's index as `git merge --no-commit` leaves it, so that `git commit`
 * completes the update and `git reset --hard` takes it back. As a whole or not at all.
 * @throws Refusal when the workspace isn't as it was planned for, or when it fails; nothing has changed then
 */
export async function applyUpdate(plan: UpdatePlan): Promise<void> {
  if (plan.writes.size === 0) return;
  expectUnchanged(plan);
  expectNoObstacles(plan);
  let isStaged = false;
  // The last step at which everything is still taken back.
  const step = (name: string): void => {
    if (name !== 'commit') return;
    stageUpdate(plan);
    isStaged = true;
  };
  try {
    importObjects(plan);
    await commitTree(plan.workspace.root, changesOf(plan, filesAsGitWrites(plan)), { step });
  } catch (error) {
    if (isStaged) unstageUpdate(plan);
    throw explain(error);
  }
}

function changesOf({ workspace, writes }: UpdatePlan, write: FileTree): FolderChanges {
  const paths = [...writes.keys()];
  return {
    write,
    remove: paths.filter((path) => !write.has(path)),
    seen: new Map(paths.map((path) => [path, readTreeFile(workspace.root, path)])),
  };
}

function expectUnchanged({ workspace }: UpdatePlan): void {
  if (openWorkspace(workspace.root).tree !== workspace.tree) {
    throw new Refusal('There is a newer commit than the one that was looked at. Update again.');
  }
}

const explain = (error: unknown): unknown =>
  error instanceof GitError
    ? new Refusal(`The update failed, and nothing was changed: ${error.message}`, { cause: error })
    : error;
