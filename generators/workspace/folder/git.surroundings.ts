import { resolve } from 'node:path';
import { GitError, runGit } from '../../merge/git/git.program.ts';

/** What git says of a folder. */
export type GitSurroundings =
  | { readonly kind: 'no git' }
  | { readonly kind: 'no repository' }
  /** It belongs to somebody else, and git does nothing in it before it is told that this is fine. */
  | { readonly kind: 'untrusted' }
  | { readonly kind: 'repository'; readonly top: string; readonly isIgnored: boolean };

/** Asks git about a folder; git changes nothing there. */
export function gitSurroundings(folder: string): GitSurroundings {
  try {
    const found = runGit(['rev-parse', '--show-toplevel'], { cwd: folder });
    if (found.stderr.includes('dubious ownership')) return { kind: 'untrusted' };
    if (found.status !== 0) return { kind: 'no repository' };
    const ignored = runGit(['check-ignore', '--quiet', '--no-index', 'package.json'], { cwd: folder });
    const top = resolve(found.stdout.toString().replace(/\n$/, ''));
    return { kind: 'repository', top, isIgnored: ignored.status === 0 };
  } catch (error) {
    if (error instanceof GitError) return { kind: 'no git' };
    throw error;
  }
}

/**
 * Those of some files of a folder whose last state git doesn't hold, so that a change couldn't be told from the user's own.
 * @returns nothing where there is no repository: then it holds none
 */
export function uncommitted(folder: string, paths: readonly string[]): string[] {
  if (paths.length === 0 || gitSurroundings(folder).kind !== 'repository') return [];
  const asked = ['status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=all', '--'];
  const { stdout } = runGit([...asked, ...paths.map((path) => `:(literal)${path}`)], {
    cwd: folder,
    env: { GIT_OPTIONAL_LOCKS: '0' },
  });
  const prefix = runGit(['rev-parse', '--show-prefix'], { cwd: folder }).stdout.toString().trim();
  return stdout
    .toString()
    .split('\0')
    .filter(Boolean)
    .map((line) => line.slice('XY '.length + prefix.length));
}
