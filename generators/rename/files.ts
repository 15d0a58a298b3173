import { execFileSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files of a folder as git sees them: tracked ones and new ones that nothing ignores, dotfiles included;
 * never node_modules, dist, reports or local state. Paths are relative to the folder and sorted.
 * @throws Error when the folder lies outside a git work tree.
 */
export function listFiles(folder: string): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const paths = new Set(listed.split('\0').filter(Boolean));
  // A file deleted but not yet committed is still in the index.
  return [...paths].filter((path) => lstatSync(join(folder, path), { throwIfNoEntry: false })).toSorted();
}
