import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lines, TrialWorkspace, type Files } from '../trial/trial.workspace.ts';

const script = join(import.meta.dirname, '../trial/update.process.ts');
const next: Files = { a: lines(12, { 10: 'theirs' }), 'new/b': 'b\n', c: 'c\n' };

describe.skipIf(process.platform === 'win32')('an update that is interrupted', () => {
  let workspace: TrialWorkspace;
  let folder: string;
  let before: unknown;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'interruption-'));
    workspace = new TrialWorkspace({ a: lines(12), gone: 'gone\n' });
    workspace.edit({ a: lines(12, { 2: 'mine' }), '.gitattributes': 'c filter=trial\n' });
    before = { tree: workspace.tree(), status: [], names: names() };
  });
  afterEach(() => {
    workspace.remove();
    rmSync(folder, { recursive: true });
  });

  const names = (): string[] => readdirSync(workspace.root).toSorted();
  const now = (): unknown => ({ tree: workspace.tree(), status: workspace.status(), names: names() });
  const update = (limit = 'unlimited', files = next): ReturnType<typeof spawnSync> => {
    writeFileSync(join(folder, 'next.json'), JSON.stringify(files));
    const command = `ulimit -f ${limit}; exec "$0" "$@"`;
    return spawnSync('sh', ['-c', command, process.execPath, script, workspace.root, folder]);
  };
  /** Has git run a command while the update writes a file. */
  const whileWriting = (command: string): void => {
    workspace.git('config', 'filter.trial.required', 'true');
    workspace.git('config', 'filter.trial.clean', 'cat');
    workspace.git('config', 'filter.trial.smudge', command);
  };
  const interrupt = (): string => `kill -INT "$(cat '${folder}/pid')"`;

  it('comes to its end before ctrl-C ends the process', () => {
    whileWriting(`${interrupt()}; cat`);
    expect(update().signal).toBe('SIGINT');
    expect(workspace.text('a')).toBe(lines(12, { 2: 'mine', 10: 'theirs' }));
    expect(workspace.text('c')).toBe('c\n');
    expect(workspace.status().every((line) => /^[AMD] /.test(line))).toBe(true);
    expect(names().filter((name) => name.startsWith('.secure-backend-update'))).toEqual([]);
  });

  it('changes nothing when ctrl-C ends git as well', () => {
    whileWriting(`${interrupt()}; exit 1`);
    expect(update().signal).toBe('SIGINT');
    expect(now()).toEqual(before);
  });

  it('changes nothing when a filter of the user fails', () => {
    whileWriting('exit 1');
    expect(update().stderr.toString()).toContain('The update failed, and nothing was changed: ');
    expect(now()).toEqual(before);
  });

  it('changes nothing when the disk takes no more', () => {
    // Packed it is small, and so only the work tree has no room for it.
    const { stderr, status } = update('40', { ...next, 'new/b': 'large\n'.repeat(99_999) });
    expect(stderr.toString()).toContain('The update failed, and nothing was changed: ');
    expect(status).toBe(1);
    expect(now()).toEqual(before);
  });
});
