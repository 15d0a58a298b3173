import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTree, type FileTree } from '../../tree/index.ts';
import { git, gitLine } from '../git/git.program.ts';
import type { UpdatePlan } from '../plan/update.plan.ts';
import { fillIndex } from './update.index.ts';

/** The new files as git would write them, with the line endings and filters that are configured for their paths. */
export function filesAsGitWrites(plan: UpdatePlan): FileTree {
  const { root, prefix } = plan.workspace;
  const folder = mkdtempSync(join(tmpdir(), 'secure-backend-files-'));
  try {
    const target = join(folder, 'files');
    mkdirSync(target);
    const call = {
      cwd: target,
      env: {
        GIT_DIR: gitLine(['rev-parse', '--absolute-git-dir'], { cwd: root }),
        GIT_WORK_TREE: target,
        GIT_INDEX_FILE: join(folder, 'index'),
      },
    };
    fillIndex(plan, call);
    const paths = [...plan.writes].flatMap(([path, file]) => (file ? [path] : []));
    const input = paths.map((path) => `${prefix}${path}\0`).join('');
    git(['checkout-index', '--quiet', '-z', '--stdin'], { ...call, input });
    return readTree(join(target, prefix), paths);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
