import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { textFile, writeTree, type FileTree } from '../../../tree/index.ts';
import { commitTree } from '../commit.tree.ts';
import type { FolderChanges } from '../folder.changes.ts';
import { snapshot } from './folder.snapshot.ts';
import { layOut, sampleChanges } from './sample.changes.ts';

// Runs in a mount namespace of its own, where it makes file systems that fail. Prints a JSON line for each try.
const [folder = '', obstacle = '', way = ''] = process.argv.slice(2);

const nobody = 65_534;
const pageSize = 4096;
const pages = (count: number): string => `size=${count * pageSize}`;

const mount = (...options: string[]): void => void execFileSync('mount', [...options, folder]);

const changes: FolderChanges = {
  ...sampleChanges,
  write: new Map([...sampleChanges.write, ['large.txt', textFile('x'.repeat(8 * pageSize))]]),
};

async function write(): Promise<void> {
  if (way === 'commit') return commitTree(folder, changes);
  const plain: FileTree = new Map([...changes.write].map(([path, file]) => [`${path}.new`, file]));
  return writeTree(folder, plain);
}

async function attempt(label: string): Promise<void> {
  const before = snapshot(folder);
  const message = await write().then(
    () => 'done',
    (error: unknown) => String(error),
  );
  const isSame = JSON.stringify(snapshot(folder)) === JSON.stringify(before);
  process.stdout.write(`${JSON.stringify({ label, message, isSame })}\n`);
}

/** The same on a file system with a little more room each time, until there is enough. */
async function withEveryRoom(optionOf: (room: number) => string, least: number, most: number): Promise<void> {
  for (let room = least; room <= most; room += 1) {
    mount('-t', 'tmpfs', '-o', optionOf(room), 'none');
    layOut(folder);
    await attempt(optionOf(room));
    execFileSync('umount', [folder]);
  }
}

if (obstacle === 'full') await withEveryRoom(pages, 7, 41);
if (obstacle === 'few inodes') await withEveryRoom((count) => `nr_inodes=${count}`, 13, 38);
if (obstacle === 'read-only') {
  mount('-t', 'tmpfs', 'none');
  layOut(folder);
  mount('-o', 'remount,ro');
  await attempt(obstacle);
}
if (obstacle === 'mounted within') {
  layOut(folder);
  mkdirSync(join(folder, 'new'));
  execFileSync('mount', ['-t', 'tmpfs', 'none', join(folder, 'new')]);
  await attempt(obstacle);
}
if (obstacle.startsWith('stranger')) {
  layOut(folder);
  chmodSync(join(folder, 'run.sh'), 0o755);
  // Within, only some of its folders are somebody else's: it fails when the first files have been moved.
  chmodSync(folder, obstacle === 'stranger within' ? 0o777 : 0o755);
  process.setgid?.(nobody);
  process.setuid?.(nobody);
  await attempt(obstacle);
}
