import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apart, mountMissing } from './testing/mount.right.ts';

const program = join(import.meta.dirname, 'testing/obstacle.process.ts');

interface Attempt {
  readonly label: string;
  readonly message: string;
  readonly isSame: boolean;
}

const failed = (all: readonly Attempt[]): Attempt[] => all.filter(({ message }) => message !== 'done');

describe.skipIf(mountMissing)(`a disk that fails${mountMissing ? ` (${mountMissing})` : ''}`, () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'disk-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function attempts(obstacle: string, way: 'commit' | 'plainly' = 'commit'): Attempt[] {
    const parameters = [...apart, process.execPath, program, folder, obstacle, way];
    const { stdout, stderr } = spawnSync('unshare', parameters, { encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Attempt);
  }

  it.each(['full', 'few inodes'])('leaves the folder as it was: %s', (obstacle) => {
    const all = attempts(obstacle);
    expect(failed(all).length).toBeGreaterThan(5);
    for (const { label, message, isSame } of failed(all)) {
      expect(message, label).toContain(`The disk of ${folder} is full. Make room on it`);
      expect(isSame, label).toBe(true);
    }
    // With enough room it succeeds, and then something has changed.
    expect(all.at(-1)).toMatchObject({ message: 'done', isSame: false });
  });

  it('that is full leaves half of it where files are simply written', () => {
    const all = failed(attempts('full', 'plainly'));
    expect(all.length).toBeGreaterThan(2);
    expect(all.filter(({ isSame }) => isSame)).toEqual([]);
  });

  it.each([
    ['read-only', 'read-only file system. Choose a folder'],
    ['mounted within', 'mounted from another file system'],
    ['stranger', 'You may not write everywhere'],
    ['stranger within', 'You may not write everywhere'],
  ])('leaves the folder as it was: %s', (obstacle, sentence) => {
    const [attempt] = attempts(obstacle);
    expect(attempt).toMatchObject({ isSame: true, message: expect.stringContaining(sentence) });
  });
});
