import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { uncommitted } from './git.surroundings.ts';

describe('files that git does not hold as they are', () => {
  let outer: string;
  beforeEach(() => {
    outer = mkdtempSync(join(tmpdir(), 'git-'));
  });
  afterEach(() => rmSync(outer, { recursive: true }));

  const git = (...parameters: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...parameters], {
      cwd: outer,
      stdio: 'ignore',
    });

  it.each(['.', 'shop', 'shop with ümlaut'])('are named, and no others, in %s', (path) => {
    const folder = join(outer, path);
    mkdirSync(folder, { recursive: true });
    const names = ['changed.txt', 'staged.txt', 'same.txt', 'elsewhere.txt', 'we ird*.txt'];
    for (const name of names) writeFileSync(join(folder, name), name);
    git('init');
    git('add', '--all');
    git('commit', '--message', 'first');
    for (const name of names) if (name !== 'same.txt') writeFileSync(join(folder, name), 'changed');
    git('add', join(folder, 'staged.txt'));
    writeFileSync(join(folder, 'new.txt'), 'new');
    const asked = ['changed.txt', 'staged.txt', 'same.txt', 'new.txt', 'gone.txt', 'we ird*.txt'];
    expect(uncommitted(folder, asked).toSorted()).toEqual([
      'changed.txt',
      'new.txt',
      'staged.txt',
      'we ird*.txt',
    ]);
    expect(uncommitted(folder, ['same.txt'])).toEqual([]);
    expect(uncommitted(folder, [])).toEqual([]);
  });

  it('are not known where there is no repository', () => {
    writeFileSync(join(outer, 'a.txt'), 'a');
    expect(uncommitted(outer, ['a.txt'])).toEqual([]);
  });
});
