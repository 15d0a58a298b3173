import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listFiles } from './listed.files.ts';

describe('the files of a workspace', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'listed-files-'));
    const paths = ['.gitignore', 'a.ts', 'b/.c', 'b/dist/d.js', 'node_modules/e/f.js', 'g.log'];
    for (const path of paths) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), path === '.gitignore' ? 'dist/\nnode_modules/\n*.log\n' : '');
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const wanted = ['.gitignore', 'a.ts', 'b/.c'];

  it('are what git would commit', () => {
    execFileSync('git', ['init', '--quiet', folder]);
    expect(listFiles(folder)).toEqual(wanted);
  });

  it('are the same where git does not know them', () => {
    expect(listFiles(folder)).toEqual(wanted);
  });

  it('are no longer those that were deleted', () => {
    execFileSync('git', ['init', '--quiet', folder]);
    execFileSync('git', ['add', '.'], { cwd: folder });
    rmSync(join(folder, 'a.ts'));
    expect(listFiles(folder)).toEqual(['.gitignore', 'b/.c']);
  });
});
