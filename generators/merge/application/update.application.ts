import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { git, GitError, gitLine } from '../git/git.program.ts';
import type { UpdatePlan } from '../plan/update.plan.ts';
import { openWorkspace } from '../workspace/stamped.workspace.ts';
import { UpdateRefusal } from '../workspace/update.refusal.ts';
import { expectNoObstacles } from './disk.obstacles.ts';
import { HalfSwitched, switchFiles } from './disk.switch.ts';
import { holdSignals } from './signal.hold.ts';
import { fillIndex, importObjects, stageUpdate } from './update.index.ts';

/**
 * Brings a workspace to what was planned: its files, and git's index as `git merge --no-commit` leaves it, so that `git commit`
 * completes the update and `git reset --hard` takes it back. As a whole or not at all.
 * @throws UpdateRefusal when the workspace isn't as it was planned for; HalfSwitched when a failure can't be taken back
 */
export async function applyUpdate(plan: UpdatePlan): Promise<void> {
  if (plan.writes.size === 0) return;
  expectUnchanged(plan);
  expectNoObstacles(plan);
  await holdSignals(() => {
    const folder = makeFolder(plan.workspace.root);
    try {
      importObjects(plan);
      const staged = stageFiles(plan, folder);
      const paths = new Map([...plan.writes].map(([path, file]) => [path, file !== undefined]));
      const retired = join(folder, 'old');
      switchFiles({ root: plan.workspace.root, staged, retired, paths }, () => stageUpdate(plan));
    } catch (error) {
      throw explain(error);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

function expectUnchanged({ workspace }: UpdatePlan): void {
  if (openWorkspace(workspace.root).tree !== workspace.tree) {
    throw new UpdateRefusal('There is a newer commit than the one that was looked at. Update again.');
  }
}

/** Beside the files, since only within one disk a rename is all or nothing. */
function makeFolder(root: string): string {
  try {
    return mkdtempSync(join(root, '.secure-backend-update-'));
  } catch (error) {
    throw explain(error);
  }
}

/** Lets git write the new files, with the line endings and filters that are configured, where nobody looks yet. */
function stageFiles(plan: UpdatePlan, folder: string): string {
  const { root, prefix } = plan.workspace;
  const repository = gitLine(['rev-parse', '--absolute-git-dir'], { cwd: root });
  const target = join(folder, 'new');
  mkdirSync(target);
  const env = { GIT_DIR: repository, GIT_WORK_TREE: target, GIT_INDEX_FILE: join(folder, 'index') };
  const call = { cwd: target, env };
  fillIndex(plan, call);
  const paths = [...plan.writes].flatMap(([path, file]) => (file ? [`${prefix}${path}\0`] : []));
  git(['checkout-index', '--quiet', '-z', '--stdin'], { ...call, input: paths.join('') });
  return join(target, prefix);
}

function explain(error: unknown): unknown {
  if (error instanceof HalfSwitched || error instanceof UpdateRefusal) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new GitError(`The update failed, and nothing was changed: ${reason}`, { cause: error });
}
