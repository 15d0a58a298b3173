import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkspace, UpdateRefusal } from '../index.ts';
import { TrialWorkspace } from '../trial/trial.workspace.ts';
import { refuseGitVersion } from './git.readiness.ts';
import { listPaths } from './update.refusal.ts';

const refusal = (folder: string): string => {
  try {
    openWorkspace(folder);
  } catch (error) {
    if (error instanceof UpdateRefusal) return error.message;
    throw error;
  }
  return 'none';
};

const ownerOfSlices = (path: string) => (path.startsWith('apps/mine/') ? 'yours' : 'shared');

describe('an update is refused', () => {
  let workspace: TrialWorkspace;
  beforeEach(() => {
    workspace = new TrialWorkspace({ a: 'a\n', b: 'b\n' });
  });
  afterEach(() => workspace.remove());

  const { git } = {
    git: (...args: string[]): string => workspace.git('-C', workspace.root, ...args),
  };

  it('never in a clean workspace, on a branch or off', () => {
    expect(refusal(workspace.root)).toBe('none');
    git('checkout', '--quiet', '--detach');
    expect(refusal(workspace.root)).toBe('none');
  });

  it.each(['.secure-backend.json', '.yo-rc.json'])('in a folder without %s', (name) => {
    workspace.edit({ [name]: undefined });
    expect(refusal(workspace.root)).toContain(`There is no ${name} here`);
  });

  it('outside of a git work tree', () => {
    const folder = mkdtempSync(join(tmpdir(), 'no-git-'));
    writeFileSync(join(folder, '.secure-backend.json'), '{}');
    writeFileSync(join(folder, '.yo-rc.json'), '{}');
    expect(refusal(folder)).toContain('in no git work tree');
    rmSync(folder, { recursive: true });
  });

  it('before the first commit', () => {
    rmSync(join(workspace.root, '.git'), { recursive: true });
    git('init', '--quiet');
    expect(refusal(workspace.root)).toContain('Nothing is committed yet');
  });

  it('when what was stamped is not committed', () => {
    git('rm', '--quiet', '--cached', '.secure-backend.json');
    git('commit', '--quiet', '--message=without');
    expect(refusal(workspace.root)).toContain('.secure-backend.json is not committed');
  });

  it('with changes that are not committed, staged ones too', () => {
    workspace.write({ a: 'edited\n', b: 'staged\n' });
    git('add', 'b');
    expect(refusal(workspace.root)).toMatch(/not committed\. Commit or stash them.*\n {2}a\n {2}b$/);
  });

  it('but not because of files that git does not know', () => {
    workspace.write({ new: 'new\n' });
    expect(refusal(workspace.root)).toBe('none');
  });

  it.each([
    ['merge', 'MERGE_HEAD'],
    ['rebase', 'rebase-merge'],
    ['rebase', 'rebase-apply'],
    ['cherry-pick', 'CHERRY_PICK_HEAD'],
    ['revert', 'REVERT_HEAD'],
    ['bisect', 'BISECT_START'],
  ])('while a %s is under way', (task, name) => {
    mkdirSync(join(workspace.root, '.git', name));
    expect(refusal(workspace.root)).toBe(`A ${task} is under way. Finish it, or abort it, then update.`);
  });

  it('with a git that is too old', () => {
    expect(refuseGitVersion('git version 2.37.9')).toContain('2.38 or newer');
    expect(refuseGitVersion('git version 1.99.0')).toContain('2.38 or newer');
    expect(refuseGitVersion('git version 2.38.0')).toBeUndefined();
    expect(refuseGitVersion('git version 3.0.0.windows.1')).toBeUndefined();
  });

  it('by a generator that is older than the one that stamped', () => {
    expect(() => workspace.plan({ a: 'a\n' }, { version: '0.9.0' })).toThrow('Update the generator first');
  });

  it('when the template has a file where the user has a folder of their own', () => {
    workspace.edit({ 'apps/mine/a': 'a\n' });
    expect(() => workspace.plan({ 'apps/mine': 'file\n' }, { ownerOf: ownerOfSlices })).toThrow(
      /Move them.*\n {2}apps\/mine\/a$/,
    );
  });
});

describe('a list of paths', () => {
  it('names ten, says how many more there are, and shows none that would break a line', () => {
    const paths = Array.from({ length: 12 }, (_, n) => `file ${n}`);
    expect(listPaths(paths).split('\n')).toEqual([
      ...paths.slice(0, 10).map((path) => `  ${path}`),
      '  and 2 more',
    ]);
    expect(listPaths(['a\nb', 'grüße'])).toBe('  "a\\nb"\n  grüße');
  });
});
