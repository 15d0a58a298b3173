import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completeBases, findBaseless, findBases, openWorkspace, planUpdate } from '../index.ts';
import { lines, treeOf, trialOwner, TrialWorkspace, type Files } from '../trial/trial.workspace.ts';

const stamped: Files = { edited: lines(12), same: lines(3), removed: lines(5), 'libs/old': lines(8) };
const next: Files = { ...stamped, edited: lines(12, { 10: 'theirs' }), removed: lines(5, { 1: 'theirs' }) };

describe('what was stamped', () => {
  let origin: TrialWorkspace;
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'base-')));
    origin = new TrialWorkspace(stamped);
    origin.edit({ edited: lines(12, { 2: 'mine' }), removed: undefined });
  });
  afterEach(() => {
    origin.remove();
    rmSync(folder, { recursive: true });
  });

  const git = (...args: string[]): void => {
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      stdio: 'pipe',
    });
  };

  const cloneShallow = (): void =>
    git('clone', '--quiet', '--depth=1', `file://${origin.repository}`, folder);

  const clonePartial = (): void => {
    origin.git('-C', origin.root, 'config', 'uploadpack.allowFilter', 'true');
    git('clone', '--quiet', '--filter=blob:none', `file://${origin.repository}`, folder);
    // Whoever asks it for an object now fails.
    git('remote', 'set-url', 'origin', 'file:///nowhere');
  };

  const copy = (...init: string[]): void => {
    cpSync(origin.root, folder, { recursive: true, filter: (path) => !path.endsWith('/.git') });
    git('init', '--quiet', ...init);
    git('add', '--all');
    git('commit', '--quiet', '--message=copied');
  };

  it("comes out of the user's own history", () => {
    expect(findBases(openWorkspace(origin.root))).toMatchObject({ files: treeOf(stamped), missing: [] });
  });

  it.each([
    ['a shallow clone', cloneShallow],
    ['a partial clone', clonePartial],
    ['a folder that was copied without its history', copy],
    ['a repository of SHA-256', () => copy('--object-format=sha256')],
  ])('is missing in %s where it was edited, and can be rendered instead', (_, make) => {
    make();
    const workspace = openWorkspace(folder);
    const bases = findBases(workspace);
    expect(bases.missing).toEqual(['edited', 'removed']);
    expect(bases.files.get('same')).toEqual(treeOf(stamped).get('same'));
    expect(findBaseless(bases, workspace, treeOf(next), trialOwner)).toEqual([
      { path: 'edited', reason: 'missing' },
    ]);
    expect(findBaseless(bases, workspace, treeOf(next), () => 'yours')).toEqual([]);

    const request = { workspace, next: treeOf(next), version: '1.1.0', ownerOf: trialOwner };
    const blind = planUpdate({ ...request, bases });
    expect(blind.files).toMatchObject([
      { path: 'edited', kind: 'conflict' },
      { path: 'removed', kind: 'deleted' },
    ]);

    expect(blind.baseless).toEqual([{ path: 'edited', reason: 'missing' }]);

    const rendered = completeBases(bases, treeOf(stamped));
    expect(rendered).toMatchObject({ missing: [], doubted: [] });
    const plan = planUpdate({ ...request, bases: rendered });
    expect(plan.baseless).toEqual([]);
    expect(plan.files).toMatchObject([
      { path: 'edited', kind: 'merged' },
      { path: 'removed', kind: 'deleted' },
    ]);
    expect(plan.writes.get('edited')?.contents.toString()).toBe(lines(12, { 2: 'mine', 10: 'theirs' }));
  });

  it('is doubted when it is rendered otherwise than it was recorded', () => {
    cloneShallow();
    const workspace = openWorkspace(folder);
    const wrong = { ...stamped, edited: lines(12, { 2: 'mine' }) };
    const bases = completeBases(findBases(workspace), treeOf(wrong));
    expect(bases.doubted).toEqual(['edited']);
    const request = { workspace, bases, version: '1.1.0', ownerOf: trialOwner };
    // Merged from the wrong base, the user's line would have gone without a word.
    const plan = planUpdate({ ...request, next: treeOf(next) });
    expect(plan.baseless).toEqual([{ path: 'edited', reason: 'doubted' }]);
    expect(plan.files[0]).toMatchObject({ path: 'edited', kind: 'conflict' });
    expect(plan.writes.get('edited')?.contents.toString()).toContain('mine\n');
  });

  it('of a file that is merged stays in the repository for the next update', async () => {
    await origin.update(next);
    origin.commit();
    cloneShallow();
    const workspace = openWorkspace(folder);
    const bases = findBases(workspace);
    expect(bases.missing).toEqual(['removed']);
    expect(bases.files.get('edited')?.contents.toString()).toBe(next['edited']);
    const kept = [...workspace.entries.keys()].filter((path) => path.startsWith('.secure-backend/'));
    expect(kept).toHaveLength(1);
  });

  it('is no longer kept when the user takes the file as the template has it', async () => {
    await origin.update(next);
    origin.commit();
    origin.edit({ edited: next['edited'] });
    const plan = await origin.update(next, { version: '1.2.0' });
    expect([...plan.writes].filter(([, file]) => !file)).toHaveLength(1);
    expect(origin.status().filter((line) => line.startsWith('D  .secure-backend/'))).toHaveLength(1);
  });
});
