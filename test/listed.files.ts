import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What runs leave behind, by name; .gitignore says the same. */
const leftBehind =
  /^(?:\.git|node_modules|dist|reports|coverage|\.nx|\.local|\.env|.*\.(?:log|tsbuildinfo))$/;

/**
 * The files of a folder that are, or would be, committed: relative to it, with forward slashes, sorted. Git says which; where it
 * doesn't know the folder, because that is an unpacked copy, all but what runs leave behind.
 */
export function listFiles(folder: string): string[] {
  const listed = listedByGit(folder) ?? walk(folder);
  // A file deleted but not yet committed is still in the index.
  return listed.filter((path) => lstatSync(join(folder, path), { throwIfNoEntry: false })).toSorted();
}

function listedByGit(folder: string): string[] | undefined {
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26, stdio: 'pipe' } as const;
  try {
    const found = execFileSync(
      'git',
      ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
      options,
    );
    return [...new Set(found.split('\0').filter(Boolean))];
  } catch {
    return undefined;
  }
}

const walk = (folder: string, below = ''): string[] =>
  readdirSync(join(folder, below), { withFileTypes: true })
    .filter(({ name }) => !leftBehind.test(name))
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? walk(folder, path) : [path];
    });
