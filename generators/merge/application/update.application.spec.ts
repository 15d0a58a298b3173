import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyUpdate } from '../index.ts';
import { lines, TrialWorkspace, type Files } from '../trial/trial.workspace.ts';

const stamped: Files = { a: lines(12), gone: 'gone\n', 'folder/b': 'b\n' };
const next: Files = { a: lines(12, { 10: 'theirs' }), 'new/c': 'c\n', folder: 'a file now\n' };
const mine: Files = { a: lines(12, { 2: 'mine' }) };

describe('an update', () => {
  let workspace: TrialWorkspace;
  beforeEach(() => {
    workspace = new TrialWorkspace(stamped);
    workspace.edit(mine);
  });
  afterEach(() => workspace.remove());

  const git = (...args: string[]): string => workspace.git('-C', workspace.root, ...args);
  const everything = (): unknown => ({
    tree: workspace.tree(),
    status: workspace.status(),
    names: readdirSync(workspace.root).filter((name) => name !== '.git'),
  });

  it('is staged as git would, so that a commit completes it', async () => {
    await workspace.update(next);
    expect(workspace.status().every((line) => /^[AMD] /.test(line))).toBe(true);
    expect(git('diff', '--name-only')).toBe('');
    git('commit', '--quiet', '--message=update');
    git('fsck', '--full', '--strict');
    expect(workspace.plan(next).writes.size).toBe(0);
  });

  it('leaves nothing else behind, and can be taken back', async () => {
    const before = everything();
    await workspace.update(next);
    expect(readdirSync(workspace.root).toSorted()).toEqual(
      ['.git', '.secure-backend', '.secure-backend.json', '.yo-rc.json', 'a', 'folder', 'new'].toSorted(),
    );
    git('reset', '--quiet', '--hard');
    expect(everything()).toEqual(before);
  });

  it('only reads while it is planned', () => {
    const before = { everything: everything(), objects: git('count-objects') };
    workspace.plan(next);
    expect({ everything: everything(), objects: git('count-objects') }).toEqual(before);
  });

  it('changes nothing when it fails at its last step', async () => {
    const before = everything();
    const plan = workspace.plan(next);
    writeFileSync(join(workspace.root, '.git/index.lock'), '');
    await expect(applyUpdate(plan)).rejects.toThrow(/nothing was changed: .*index\.lock/s);
    git('-c', 'core.fsmonitor=false', 'ls-files');
    workspace.write({ '.git/index.lock': undefined });
    expect(everything()).toEqual(before);
  });

  it.each([
    ['a file', { 'new/c': 'not committed\n' }],
    ['an ignored file', { '.git/info/exclude': 'new\n', 'new/c': 'not committed\n' }],
    ['a file where a folder has to be', { new: 'not committed\n' }],
    ['a file in a folder that has to go', { 'folder/other': 'not committed\n' }],
  ])('is refused when %s that git does not know is in the way', async (_, files: Files) => {
    workspace.write(files);
    const before = everything();
    await expect(workspace.update(next)).rejects.toThrow('would overwrite files that are not committed');
    expect(everything()).toEqual(before);
  });

  it('takes a file that git does not know when it is the very same', async () => {
    workspace.write({ 'new/c': 'c\n' });
    await workspace.update(next);
    expect(workspace.text('new/c')).toBe('c\n');
  });

  it('never writes through a link', async () => {
    workspace.write({ elsewhere: 'x\n' });
    git('clean', '--quiet', '--force');
    workspace.write({ new: { mode: '120000', contents: Buffer.from('/tmp') } });
    await expect(workspace.update(next)).rejects.toThrow(/not committed.*\n {2}new$/s);
  });

  it.each(['--assume-unchanged', '--skip-worktree'])(
    'is refused when an edit is hidden from git by %s',
    async (flag) => {
      git('update-index', flag, 'gone');
      workspace.write({ gone: 'hidden edit\n' });
      await expect(workspace.update(next)).rejects.toThrow(/told not to look.*\n {2}gone$/s);
      expect(workspace.text('gone')).toBe('hidden edit\n');
    },
  );

  it('is refused when something was committed since it was planned', async () => {
    const plan = workspace.plan(next);
    workspace.edit({ a: 'newer\n' });
    await expect(applyUpdate(plan)).rejects.toThrow('a newer commit');
  });

  it('brings back what the user changed of the template when that is asked for, and nothing else', async () => {
    workspace.remove();
    workspace = new TrialWorkspace({ 'libs/a': lines(9), 'libs/gone': 'g\n', shared: lines(9) });
    workspace.edit({ 'libs/a': 'mine\n', 'libs/gone': undefined, 'libs/own': 'own\n', shared: 'mine\n' });
    const plan = await workspace.update(
      { 'libs/a': lines(9, { 2: 'new' }), 'libs/gone': 'g\n', shared: lines(9) },
      { restore: true },
    );
    expect(plan.drift).toEqual([
      { path: 'libs/a', kind: 'edited' },
      { path: 'libs/gone', kind: 'deleted' },
    ]);
    expect(plan.files).toMatchObject([
      { path: 'libs/a', kind: 'restored' },
      { path: 'libs/gone', kind: 'restored' },
    ]);
    expect(workspace.text('libs/a')).toBe(lines(9, { 2: 'new' }));
    expect(workspace.text('libs/own')).toBe('own\n');
    expect(workspace.text('shared')).toBe('mine\n');
  });

  it("brings nothing back over a folder that the user made in a file's place", async () => {
    workspace.remove();
    workspace = new TrialWorkspace({ 'libs/a': lines(9) });
    workspace.edit({ 'libs/a': undefined, 'libs/a/own': 'own\n' });
    await workspace.update({ 'libs/a': lines(9, { 2: 'new' }) }, { restore: true });
    expect(workspace.text('libs/a/own')).toBe('own\n');
    expect(workspace.file('libs/a')).toBeUndefined();
  });
});
