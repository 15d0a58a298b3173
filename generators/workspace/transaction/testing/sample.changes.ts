import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textFile } from '../../../tree/index.ts';
import type { FolderChanges } from '../folder.changes.ts';

/** A folder with something of everything. */
export function layOut(folder: string): void {
  mkdirSync(join(folder, 'src/old'), { recursive: true });
  writeFileSync(join(folder, 'kept.txt'), 'kept\n');
  writeFileSync(join(folder, 'replaced.txt'), 'before\n');
  writeFileSync(join(folder, 'run.sh'), '#!/bin/sh\n');
  chmodSync(join(folder, 'run.sh'), 0o750);
  writeFileSync(join(folder, 'src/old/removed.txt'), 'removed\n');
  symlinkSync('kept.txt', join(folder, 'link'));
  writeFileSync(join(folder, 'becomes'), 'a file\n');
  mkdirSync(join(folder, 'gives/way'), { recursive: true });
  writeFileSync(join(folder, 'gives/way/old.txt'), 'old\n');
}

/** Every kind of change to it. */
export const sampleChanges: FolderChanges = {
  write: new Map([
    ['replaced.txt', textFile('after\n')],
    ['run.sh', { mode: '100755', contents: Buffer.from('#!/bin/sh\necho after\n') }],
    ['link', { mode: '120000', contents: Buffer.from('replaced.txt') }],
    ['new/deep/file.txt', textFile('new\n')],
    ['becomes/a-folder.txt', textFile('new\n')],
    ['gives', textFile('a file\n')],
    ['bytes.bin', { mode: '100644', contents: Buffer.from([0, 255, 10]) }],
  ]),
  remove: ['src/old/removed.txt', 'becomes', 'gives/way/old.txt', 'never-there.txt'],
};
