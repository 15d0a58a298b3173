import { mkdir, rename, rm, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lookAt } from '../../tree/index.ts';
import { Refusal } from '../refusal.error.ts';
import { inheritOwner } from './owner.inheritance.ts';
import { foldersOf } from './real.folder.ts';
import type { TransactionFolder } from './transaction.folder.ts';
import { fingerprintAt, type Journal } from './transaction.journal.ts';

/** Called before each step, which it names. What it throws takes everything back. */
export type Step = (name: string) => Promise<void>;

const exists = (file: string): boolean => lookAt(file) !== undefined;

/** Goes on when there is nothing to do, because an earlier try has done it. */
async function tolerating(codes: readonly string[], action: Promise<unknown>): Promise<void> {
  try {
    await action;
  } catch (error) {
    if (!codes.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

const removeEmpty = (folder: string): Promise<void> =>
  tolerating(['ENOENT', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST'], rmdir(folder));

/** Of a file that somebody else has written while a run decided what to make of it. */
export const refuseChanged = (path: string): Refusal =>
  new Refusal(`${path} was changed by somebody else meanwhile. Run it again.`);

/**
 * Moves away what was there and puts what comes.
 * @throws Refusal when a file is no longer what the changes were made from.
 */
export async function moveFiles(
  folder: string,
  transaction: TransactionFolder,
  { folders, files }: Journal,
  step: Step,
): Promise<void> {
  for (const [number, { path, had }] of files.entries()) {
    await step(`take ${path}`);
    // Compared when nobody else can reach it any more; before, it could still change afterwards.
    if (had !== undefined) {
      await rename(join(folder, path), transaction.oldFile(number));
      if (fingerprintAt(transaction.oldFiles, String(number)) !== had) throw refuseChanged(path);
    } else if (exists(join(folder, path))) throw refuseChanged(path);
  }
  for (const path of folders) {
    await step(`make ${path}`);
    await mkdir(join(folder, path));
    await inheritOwner(join(folder, path), folder, dirname(path));
  }
  for (const [number, { path, puts }] of files.entries()) {
    if (puts === undefined) continue;
    await step(`put ${path}`);
    if (exists(join(folder, path))) throw refuseChanged(path);
    await rename(transaction.newFile(number), join(folder, path));
  }
}

/**
 * Takes a transaction back, from wherever it stopped; what is done already is passed over.
 * @throws Refusal, before anything is moved, when that would destroy what somebody has written since.
 */
export async function undoMoves(
  folder: string,
  transaction: TransactionFolder,
  { folders, files }: Journal,
  step: Step,
): Promise<void> {
  const undone: { path: string; puts: string | undefined; undo: () => Promise<void> }[] = [];
  for (const [number, { path, had, puts }] of files.entries()) {
    const taken = had !== undefined && exists(transaction.oldFile(number));
    const put = puts !== undefined && !exists(transaction.newFile(number));
    if (!taken && !(put && had === undefined)) continue;
    const found = fingerprintAt(folder, path);
    if (found !== undefined && (!put || found !== puts)) {
      throw new Refusal(
        `${path} was written by somebody else since a run was interrupted here. Move it away, and run it again.`,
      );
    }
    const target = join(folder, path);
    const undo = (): Promise<void> => (taken ? rename(transaction.oldFile(number), target) : unlink(target));
    undone.push({ path, puts, undo });
  }
  const undoEach = async (isNext: (puts: string | undefined) => boolean): Promise<void> => {
    for (const { path, undo } of undone.filter(({ puts }) => isNext(puts))) {
      await step(`undo ${path}`);
      await tolerating(['ENOENT', 'ENOTDIR'], undo());
    }
  };
  await undoEach((puts) => puts !== undefined);
  for (const path of folders.toReversed()) {
    await step(`remove ${path}`);
    await removeEmpty(join(folder, path));
  }
  // Only now, as one of the folders may lie where a file was.
  await undoEach((puts) => puts === undefined);
  await step('undone');
  await unlink(transaction.journal);
  await rm(transaction.path, { recursive: true });
}

/** What is left to do when everything is in its place; it may be done twice. */
export async function finishMoves(
  folder: string,
  transaction: TransactionFolder,
  { files }: Journal,
): Promise<void> {
  const left = files.filter(({ puts }) => puts === undefined).flatMap(({ path }) => foldersOf(path));
  for (const path of [...new Set(left)].toSorted((a, b) => b.length - a.length))
    await removeEmpty(join(folder, path));
  await rm(transaction.path, { recursive: true });
}
