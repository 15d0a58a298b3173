import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkWorkspace, exitStatus, reportCheck, type WorkspaceCheck } from '../index.ts';
import { lines, script, treeOf, trialOwner, TrialWorkspace, type Files } from '../trial/trial.workspace.ts';

const stamped: Files = {
  'libs/a': lines(3),
  'libs/b': 'b\n',
  'libs/sub/run': script('run\n'),
  shared: 's\n',
  'apps/mine': 'm\n',
};

describe('a check', () => {
  let workspace: TrialWorkspace;
  afterEach(() => workspace.remove());

  const check = (next = stamped, version = '1.0.0'): WorkspaceCheck =>
    checkWorkspace({ folder: workspace.root, next: treeOf(next), version, ownerOf: trialOwner });

  it("finds a workspace current whatever the user did to what is not the template's", () => {
    workspace = new TrialWorkspace(stamped);
    workspace.write({ shared: 'mine\n', 'apps/mine': undefined, 'libs/own': 'own\n' });
    expect(check()).toEqual({ current: true, recorded: '1.0.0', newest: '1.0.0', behind: [], drifted: [] });
    expect(exitStatus(check())).toBe(0);
    expect(reportCheck(check())).toBe("Current: version 1.0.0, and nothing of the template's was changed.\n");
  });

  it('finds it behind by each file that an update brings, and says so as JSON', () => {
    workspace = new TrialWorkspace(stamped);
    const { shared, ...others } = stamped;
    const found = check({ ...others, 'libs/a': 'new\n', 'libs/c': 'c\n', 'apps/mine': 'new\n' }, '1.1.0');
    expect(JSON.parse(JSON.stringify(found))).toEqual({
      current: false,
      recorded: '1.0.0',
      newest: '1.1.0',
      behind: [
        { path: 'libs/a', owner: 'template', kind: 'changed' },
        { path: 'libs/c', owner: 'template', kind: 'added' },
        { path: 'shared', owner: 'shared', kind: 'removed' },
      ],
      drifted: [],
    });
    expect(shared).toBe('s\n');
    expect(exitStatus(found)).toBe(2);
    expect(reportCheck(found)).toContain(
      'Behind: version 1.0.0, the newest is 1.1.0; an update changes 3 files.\n',
    );
  });

  it('finds it behind by its version alone', () => {
    workspace = new TrialWorkspace(stamped);
    expect(check(stamped, '1.0.1')).toMatchObject({ current: false, behind: [] });
  });

  it.each([
    ['edited', { 'libs/a': 'mine\n' }, 'libs/a'],
    ['deleted', { 'libs/a': undefined }, 'libs/a'],
    ['deleted', { 'libs/a': undefined, 'libs/a/b': 'a folder\n' }, 'libs/a'],
    ['deleted', { 'libs/sub': 'a file\n' }, 'libs/sub/run'],
    ['permissions', { 'libs/sub/run': 'run\n' }, 'libs/sub/run'],
  ] as const)('finds what of the template was %s, committed or not', (kind, edits: Files, path) => {
    workspace = new TrialWorkspace(stamped, { below: 'below' });
    workspace.write(edits);
    const drifted = [{ path, kind }];
    expect(check()).toMatchObject({ current: false, drifted });
    workspace.commit();
    expect(check()).toMatchObject({ current: false, drifted });
    expect(reportCheck(check())).toMatch(new RegExp(`^Drifted: .*\n {2}${kind} *${path}\nNext: `));
  });

  it('sees through the line endings that git writes', () => {
    workspace = new TrialWorkspace(stamped, { below: 'below' });
    workspace.git('config', 'core.autocrlf', 'true');
    workspace.write({ 'libs/a': lines(3).replaceAll('\n', '\r\n') });
    expect(check().drifted).toEqual([]);
    workspace.git('config', 'core.autocrlf', 'false');
    expect(check().drifted).toEqual([{ path: 'libs/a', kind: 'edited' }]);
  });

  it('works without git', () => {
    workspace = new TrialWorkspace(stamped);
    rmSync(join(workspace.root, '.git'), { recursive: true });
    expect(check().current).toBe(true);
    writeFileSync(join(workspace.root, 'libs/b'), 'edited\n');
    expect(check().drifted).toEqual([{ path: 'libs/b', kind: 'edited' }]);
  });

  it('is refused in a folder that was not stamped', () => {
    workspace = new TrialWorkspace(stamped);
    const folder = mkdtempSync(join(tmpdir(), 'check-'));
    const request = { folder, next: treeOf(stamped), version: '1.0.0', ownerOf: trialOwner };
    expect(() => checkWorkspace(request)).toThrow('There is no .secure-backend.json here');
    rmSync(folder, { recursive: true });
  });

  it('names ten files of many', () => {
    workspace = new TrialWorkspace(stamped);
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`new ${n}`, 'n\n']));
    expect(reportCheck(check({ ...stamped, ...many }))).toContain('  and 20 more\n');
  });
});
