import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyUpdate, findBases, openWorkspace, planUpdate } from '../index.ts';
import { lines, treeOf, trialOwner, TrialWorkspace, type Files } from '../trial/trial.workspace.ts';

const stamped: Files = { a: lines(12), gone: 'gone\n', 'folder/b': 'b\n' };
const next: Files = { a: lines(12, { 10: 'theirs' }), 'new/c': 'c\n', folder: 'a file now\n' };
const mine: Files = { a: lines(12, { 2: 'mine' }) };

describe('a workspace', () => {
  it('may lie below the top of a repository, and in a second work tree of it', async () => {
    const workspace = new TrialWorkspace(stamped, { below: 'team/our services' });
    workspace.edit(mine);
    const other = join(workspace.repository, 'other');
    workspace.git('worktree', 'add', '--quiet', other, 'HEAD');
    await workspace.update(next);
    expect(workspace.text('a')).toBe(lines(12, { 2: 'mine', 10: 'theirs' }));
    expect(workspace.status().every((line) => /^[AMD] {2}"?team\/our services\//.test(line))).toBe(true);
    workspace.commit();

    const second = openWorkspace(join(other, 'team/our services'));
    const request = { workspace: second, version: '1.1.0', ownerOf: trialOwner };
    await applyUpdate(planUpdate({ ...request, bases: findBases(second), next: treeOf(next) }));
    expect(workspace.git('-C', other, 'diff', '--cached', '--name-only', 'main')).toBe('');
    workspace.remove();
  });

  it('gets the line endings that git is told to write', async () => {
    const workspace = new TrialWorkspace({ ...stamped, '.gitattributes': '* text=auto eol=crlf\n' });
    workspace.edit({ a: lines(12, { 2: 'mine' }).replaceAll('\n', '\r\n') });
    await workspace.update({
      ...next,
      '.gitattributes': '* text=auto eol=crlf\n*.sh eol=lf\n',
      'x.sh': 'x\n',
    });
    expect(workspace.text('a')).toBe(lines(12, { 2: 'mine', 10: 'theirs' }).replaceAll('\n', '\r\n'));
    expect(workspace.text('new/c')).toBe('c\r\n');
    // Attributes that come with the update count at once.
    expect(workspace.text('x.sh')).toBe('x\n');
    expect(workspace.git('diff', '--name-only')).toBe('');
    workspace.remove();
  });
});
