import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { splitNul } from '../git/git.objects.ts';
import { git, GitError, gitLine, runGit } from '../git/git.program.ts';
import { Refusal } from '../../workspace/refusal.error.ts';
import { listPaths } from './shown.paths.ts';

const needed = [2, 38] as const;

/** `git merge-tree --write-tree` came with 2.38. */
export function refuseGitVersion(answer: string): string | undefined {
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(answer) ?? [];
  const isNewEnough =
    Number(major) > needed[0] || (Number(major) === needed[0] && Number(minor) >= needed[1]);
  return isNewEnough
    ? undefined
    : `This is ${answer}, which can't merge without a work tree. Install git ${needed.join('.')} or newer.`;
}

const unfinished: Readonly<Record<string, string>> = {
  MERGE_HEAD: 'merge',
  'rebase-merge': 'rebase',
  'rebase-apply': 'rebase',
  CHERRY_PICK_HEAD: 'cherry-pick',
  REVERT_HEAD: 'revert',
  BISECT_START: 'bisect',
};

function findUnfinished(root: string): string | undefined {
  const folder = gitLine(['rev-parse', '--absolute-git-dir'], { cwd: root });
  return Object.entries(unfinished).find(([name]) => existsSync(join(folder, name)))?.[1];
}

/**
 * Looks that git knows all of a folder's files as they are, so that an update can be taken back.
 * @throws Refusal when it doesn't
 */
export function expectReady(root: string): void {
  const tooOld = refuseGitVersion(gitLine(['--version'], { cwd: root }));
  if (tooOld !== undefined) throw new Refusal(tooOld);
  const inside = runGit(['rev-parse', '--is-inside-work-tree'], { cwd: root });
  if (inside.status !== 0 && !inside.stderr.includes('not a git repository')) {
    throw new GitError(inside.stderr.trim());
  }
  if (inside.stdout.toString().trim() !== 'true') {
    throw new Refusal(
      'This folder is in no git work tree, so an update could not be taken back. Run git init, and commit what is here.',
    );
  }
  if (runGit(['rev-parse', '--verify', '--quiet', 'HEAD'], { cwd: root }).status !== 0) {
    throw new Refusal('Nothing is committed yet. Commit what is here, then update.');
  }
  const task = findUnfinished(root);
  if (task !== undefined) throw new Refusal(`A ${task} is under way. Finish it, or abort it, then update.`);
  const changed = findChanges(root);
  if (changed.length > 0) {
    throw new Refusal(
      `The work tree has changes that are not committed. Commit or stash them, then update:\n${listPaths(changed)}`,
    );
  }
}

/** Tracked files of the whole repository that are not as they were committed: the update is staged beside nothing else. */
function findChanges(root: string): string[] {
  const options = [
    '--porcelain=v1',
    '-z',
    '--no-renames',
    '--untracked-files=no',
    '--ignore-submodules=dirty',
  ];
  // Otherwise it would write the index, only to look.
  const call = { cwd: root, env: { GIT_OPTIONAL_LOCKS: '0' } };
  return splitNul(git(['status', ...options], call)).map((line) => line.slice('XY '.length));
}
