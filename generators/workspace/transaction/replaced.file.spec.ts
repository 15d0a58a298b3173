import {
  chownSync,
  lstatSync,
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
import { textFile } from '../../tree/index.ts';
import { commitTree } from './commit.tree.ts';
import type { FolderChanges } from './folder.changes.ts';
import { layOut, sampleChanges } from './testing/sample.changes.ts';

const write = (path: string): FolderChanges => ({ write: new Map([[path, textFile('x\n')]]) });

describe('files of a folder that is changed', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'replaced-'));
    layOut(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

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
