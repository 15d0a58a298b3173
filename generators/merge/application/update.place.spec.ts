import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyUpdate, findBases, openWorkspace, planUpdate } from '../index.ts';
import { lines, treeOf, trialOwner, TrialWorkspace, type Files } from '../trial/trial.workspace.ts';

const stamped: Files = { a: lines(12), gone: 'gone\n', 'folder/b': 'b\n' };
const next: Files = { a: lines(12, { 10: 'theirs' }), 'new/c': 'c\n', folder: 'a file now\n' };
const mine: Files = { a: lines(12, { 2: 'mine' }) };

/** Updates in a process of its own, with variables in its environment. */
function updateWith(variables: string, workspace: TrialWorkspace, files: Files): void {
  const folder = join(workspace.root, '.git/trial');
  mkdirSync(folder);
  writeFileSync(join(folder, 'next.json'), JSON.stringify(files));
  const script = join(import.meta.dirname, '../trial/update.process.ts');
  const command = `${variables} exec "$0" "$@"`;
  execFileSync('sh', ['-c', command, process.execPath, script, workspace.root, folder]);
}

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

  it.each([
    ['a style of conflicts', 'merge.conflictStyle', 'diff3'],
    ['merges without renames', 'merge.renames', 'false'],
    ['a merge driver', 'merge.union.driver', 'false'],
  ])('is updated alike when somebody has configured %s', (_, key, value) => {
    const workspace = new TrialWorkspace({ ...stamped, '.gitattributes': '* merge=union\n' });
    workspace.edit({ a: lines(12, { 10: 'mine' }) });
    workspace.git('config', key, value);
    const configured = `GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=${key} GIT_CONFIG_VALUE_0=${value}`;
    const moved = { ...stamped, a: undefined, 'moved/a': lines(12, { 10: 'theirs' }) };
    updateWith(configured, workspace, { ...moved, '.gitattributes': '* merge=union\n' });
    expect(workspace.text('moved/a')).toBe(
      lines(12, { 10: '<<<<<<< yours:a\nmine\n=======\ntheirs\n>>>>>>> secure-backend-1.1.0:moved/a' }),
    );
    workspace.remove();
  });

  it('is updated from within a hook of another repository, and no hook of its own runs', () => {
    const workspace = new TrialWorkspace(stamped);
    const ran = join(workspace.root, '.git/ran');
    for (const name of ['post-index-change', 'post-checkout', 'reference-transaction']) {
      const hook = join(workspace.root, '.git/hooks', name);
      mkdirSync(join(workspace.root, '.git/hooks'), { recursive: true });
      writeFileSync(hook, `#!/bin/sh\ntouch '${ran}'\n`);
      chmodSync(hook, 0o755);
    }
    updateWith('GIT_DIR=/nowhere GIT_INDEX_FILE=/nowhere/index GIT_WORK_TREE=/nowhere', workspace, next);
    expect(workspace.text('new/c')).toBe('c\n');
    expect(existsSync(ran)).toBe(false);
    workspace.git('-C', workspace.root, 'reset', '--quiet', '--hard');
    expect(existsSync(ran)).toBe(true);
    workspace.remove();
  });
});
