import {
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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

  it('keep who may read a file that is replaced', async () => {
    await commitTree(folder, sampleChanges);
    expect(statSync(join(folder, 'run.sh')).mode & 0o777).toBe(0o750);
    await commitTree(folder, write('run.sh'));
    expect(statSync(join(folder, 'run.sh')).mode & 0o777).toBe(0o640);
  });

  it.skipIf(process.getuid?.() !== 0)(
    'made by root belong to whom the folder belongs (as root)',
    async () => {
      const [folderOwner, fileOwner] = [1234, 1235];
      chownSync(folder, folderOwner, folderOwner);
      chownSync(join(folder, 'run.sh'), fileOwner, fileOwner);
      await commitTree(folder, sampleChanges);
      const ownerOf = (path: string): number => lstatSync(join(folder, path)).uid;
      expect(ownerOf('run.sh')).toBe(fileOwner);
      for (const path of ['bytes.bin', 'new', 'new/deep', 'new/deep/file.txt'])
        expect(ownerOf(path)).toBe(folderOwner);
    },
  );

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

  it('replace a link that leads outside, and leave what it leads to', async () => {
    const outside = join(folder, '..', `${Date.now()}.txt`);
    writeFileSync(outside, 'theirs\n');
    symlinkSync(outside, join(folder, 'file.txt'));
    await commitTree(folder, write('file.txt'));
    expect(readFileSync(outside, 'utf8')).toBe('theirs\n');
    expect(readFileSync(join(folder, 'file.txt'), 'utf8')).toBe('x\n');
    rmSync(outside);
  });
});
