import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOfTemplate, type Template } from 'generator-secure-backend/template';
import { readTree } from 'generator-secure-backend/tree';
import { root } from '../repository.files.ts';

/** The first commit in which the template could be stamped under any namespace. */
const older = '41bf0b8f60e6fddca278c3d09a1f52aa98d0a730';

const git = (words: readonly string[]): Buffer =>
  execFileSync('git', words, { cwd: root, maxBuffer: 1024 * 1024 * 1024, stdio: ['ignore', 'pipe', 'pipe'] });

/** Why there is no older template here, or undefined: a clone without its history has none. */
export function olderMissing(): string | undefined {
  try {
    git(['cat-file', '-e', `${older}^{commit}`]);
    return undefined;
  } catch {
    return 'this clone has no history; git fetch --unshallow';
  }
}

/** The template as this repository had it once, as if it had been released then. */
export function readOlderTemplate(): Template {
  const folder = mkdtempSync(join(tmpdir(), 'older-'));
  try {
    execFileSync('tar', ['-x', '-C', folder], { input: git(['archive', older]) });
    const paths = git(['ls-tree', '-r', '-z', '--name-only', older]).toString().split('\0').filter(Boolean);
    return { version: '0.0.9', files: readTree(folder, paths.filter(isOfTemplate)) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
