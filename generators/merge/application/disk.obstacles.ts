import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lookAt, readTreeFile } from '../../tree/index.ts';
import { splitNul } from '../git/git.objects.ts';
import { git } from '../git/git.program.ts';
import type { UpdatePlan } from '../plan/update.plan.ts';
import { Refusal } from '../../workspace/refusal.error.ts';
import { listPaths } from '../workspace/shown.paths.ts';

/**
 * Looks that nothing lies in the way that git doesn't know: files that are ignored or not added yet, and edits of files that git
 * was told not to look at.
 * @throws Refusal when something does
 */
export function expectNoObstacles(plan: UpdatePlan): void {
  const untracked = findUntracked(plan);
  if (untracked.length > 0) {
    throw new Refusal(
      `The update would overwrite files that are not committed. Move them, or commit them:\n${listPaths(untracked)}`,
    );
  }
  const hidden = findHidden(plan);
  if (hidden.length > 0) {
    throw new Refusal(
      `Git was told not to look at files that the update changes (sparse checkout, assume-unchanged, skip-worktree). Undo that:\n${listPaths(hidden)}`,
    );
  }
}

const foldersOf = (path: string): string[] => {
  const folder = dirname(path);
  return folder === '.' ? [] : [...foldersOf(folder), folder];
};

function findUntracked({ workspace, writes }: UpdatePlan): string[] {
  const { root, entries } = workspace;
  // On a disk that ignores letter case, a file that is about to go is found under its new name too.
  const going = new Set([...writes].filter(([, file]) => !file).map(([path]) => path.toLowerCase()));
  const isOurs = (path: string): boolean => entries.has(path) || going.has(path.toLowerCase());
  const obstacles = [...writes].flatMap(([path, file]) => {
    if (!file) return [];
    const inTheWay = foldersOf(path).find((folder) => isNoFolder(join(root, folder)) && !isOurs(folder));
    if (inTheWay !== undefined) return [inTheWay];
    const stat = lookAt(join(root, path));
    if (!stat || isOurs(path)) return [];
    if (stat.isDirectory()) return filesBelow(root, path).filter((other) => !isOurs(other));
    const found = readTreeFile(root, path);
    return found?.mode === file.mode && found.contents.equals(file.contents) ? [] : [path];
  });
  return [...new Set(obstacles)];
}

function isNoFolder(path: string): boolean {
  const stat = lookAt(path);
  return stat !== undefined && !stat.isDirectory();
}

/** All that lies below a folder; the folder itself when it is empty, since git knows no such thing. */
function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(root, path) : [path];
  });
}

/** In `git ls-files -v`, an S or a small letter stands before what git doesn't look at. */
function findHidden({ workspace, writes }: UpdatePlan): string[] {
  return splitNul(git(['ls-files', '-v', '-z'], { cwd: workspace.root }))
    .filter((line) => /^[Sa-z]/.test(line))
    .map((line) => line.slice('S '.length))
    .filter((path) => writes.has(path));
}
