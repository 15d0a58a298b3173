import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTree, textFile, writeTree } from '../../tree/index.ts';
import { commitTree } from './commit.tree.ts';
import type { FolderChanges } from './folder.changes.ts';
import { snapshot } from './testing/folder.snapshot.ts';
import { layOut, sampleChanges } from './testing/sample.changes.ts';

const write = (path: string): FolderChanges => ({ write: new Map([[path, textFile('x\n')]]) });

describe('changes of a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'commit-'));
    layOut(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const attempt = (changes: FolderChanges, step?: (name: string) => void): Promise<string> =>
    commitTree(folder, changes, { step }).then(
      () => 'done',
      (error: unknown) => String(error),
    );

  it('are all there afterwards, and nothing else', async () => {
    await commitTree(folder, sampleChanges);
    const paths = [...sampleChanges.write.keys()];
    expect(readTree(folder, paths)).toEqual(sampleChanges.write);
    expect(snapshot(folder).map((line) => line.split(' ')[0])).toEqual(
      [...paths, 'becomes', 'kept.txt', 'new', 'new/deep'].toSorted(),
    );
  });

  it('that are there already change nothing, not even a time', async () => {
    await commitTree(folder, sampleChanges);
    const before = snapshot(folder);
    const steps: string[] = [];
    const again = { write: sampleChanges.write, remove: ['never-there.txt'] };
    await commitTree(folder, again, { step: (name) => void steps.push(name) });
    expect(steps).toEqual([]);
    expect(snapshot(folder)).toEqual(before);
  });

  it('are taken back at every step that fails', async () => {
    const steps: string[] = [];
    await commitTree(folder, sampleChanges, { step: (name) => void steps.push(name) });
    for (const failing of steps) {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
      layOut(folder);
      const laid = snapshot(folder);
      const failed = attempt(sampleChanges, (name) => {
        if (name === failing) throw new Error('the step failed');
      });
      expect(await failed, failing).toBe('Error: the step failed');
      expect(snapshot(folder), failing).toEqual(laid);
    }
    expect(steps.length).toBeGreaterThan(15);
  });

  it('that are taken back bring a folder that gave way to a file back with its permissions', async () => {
    chmodSync(join(folder, 'gives'), 0o700);
    const laid = snapshot(folder);
    const failed = attempt(sampleChanges, (name) => {
      if (name === 'commit') throw new Error('the step failed');
    });
    expect(await failed).toBe('Error: the step failed');
    expect(snapshot(folder)).toEqual(laid);
  });

  it('never lose what somebody has written into a folder that gives way', async () => {
    const message = await attempt(sampleChanges, (name) => {
      if (name === 'vacate gives') writeFileSync(join(folder, 'gives/way/new.txt'), 'somebody else\n');
    });
    expect(message).toContain('gives was changed by somebody else');
    expect(readFileSync(join(folder, 'gives/way/new.txt'), 'utf8')).toBe('somebody else\n');
    expect(readFileSync(join(folder, 'gives/way/old.txt'), 'utf8')).toBe('old\n');
  });

  it('would be half there if they were simply written', () => {
    const before = snapshot(folder, { times: false });
    expect(() => writeTree(folder, new Map([...write('first.txt').write, ...sampleChanges.write]))).toThrow(
      'EEXIST',
    );
    expect(snapshot(folder, { times: false })).not.toEqual(before);
  });

  it('never lose what somebody has written since a file was read', async () => {
    const seen = new Map([['replaced.txt', textFile('something older\n')]]);
    const before = snapshot(folder);
    expect(await attempt({ ...sampleChanges, seen })).toContain('replaced.txt was changed by somebody else');
    expect(snapshot(folder)).toEqual(before);
  });

  it.each([
    ['take replaced.txt', 'replaced.txt'],
    ['take bytes.bin', 'bytes.bin'],
    ['put bytes.bin', 'bytes.bin'],
  ])('never lose what is written before "%s"', async (when, path) => {
    const message = await attempt(sampleChanges, (name) => {
      if (name === when) writeFileSync(join(folder, path), 'somebody else\n');
    });
    expect(message).toContain(`${path} was changed by somebody else`);
    expect(readFileSync(join(folder, path), 'utf8')).toBe('somebody else\n');
    rmSync(join(folder, path));
    expect(snapshot(folder).filter((line) => /after|new|transaction/.test(line))).toEqual([]);
  });
});
