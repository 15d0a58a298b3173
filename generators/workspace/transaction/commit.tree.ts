import { chmod, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { lookAt, type TreeFile } from '../../tree/index.ts';
import { Refusal } from '../refusal.error.ts';
import { explainFailure } from './disk.failure.ts';
import { finishMoves, moveFiles, refuseChanged, undoMoves, type Step } from './file.moves.ts';
import { refuseChanges, type FolderChanges } from './folder.changes.ts';
import { Interruption } from './interruption.ts';
import { inheritOwner } from './owner.inheritance.ts';
import { foldersOf, refuseOccupied, refuseParents } from './real.folder.ts';
import { deadTransactions, expectAlone, TransactionFolder } from './transaction.folder.ts';
import {
  fingerprint,
  fingerprintAt,
  writeDurably,
  writeJournal,
  type Journal,
} from './transaction.journal.ts';

const readable = 0o444;

/** As git does it: new files by the user's mask, replaced ones keep their permissions, but for who may run them. */
async function stage(target: string, { mode, contents }: TreeFile, replaced: string): Promise<void> {
  if (mode === '120000') return symlink(contents.toString(), target);
  await writeDurably(target, contents, mode === '100755' ? 0o777 : 0o666);
  const before = lookAt(replaced);
  if (before?.isFile() !== true) return undefined;
  const permissions = before.mode & 0o666;
  return chmod(target, mode === '100755' ? permissions | ((permissions & readable) >> 2) : permissions);
}

/** @throws Refusal when a file isn't what the changes were made from. */
function plan(folder: string, { write, remove = [], seen = new Map() }: FolderChanges): Journal {
  const entry = (path: string, puts?: string): Journal['files'][number] => {
    const had = fingerprintAt(folder, path);
    const expected = seen.get(path);
    if (seen.has(path) && had !== (expected && fingerprint(expected))) throw refuseChanged(path);
    return { path, had, puts };
  };
  const entries = [
    ...[...new Set(remove)].map((path) => entry(path)),
    ...[...write].map(([path, file]) => entry(path, fingerprint(file))),
  ];
  // What is as it shall be stays as it is, to its time.
  const files = entries.filter(({ had, puts }) => had !== puts);
  const folders = new Set(
    files.filter(({ puts }) => puts !== undefined).flatMap(({ path }) => foldersOf(path)),
  );
  const isThere = (path: string): boolean => lookAt(join(folder, path))?.isDirectory() === true;
  return { files, folders: [...folders].filter((path) => !isThere(path)) };
}

async function transact(folder: string, changes: FolderChanges, step: Step): Promise<void> {
  const remove = changes.remove ?? [];
  const paths = [...remove, ...changes.write.keys()];
  const refusal =
    refuseChanges(changes) ?? refuseParents(folder, paths, new Set(remove)) ?? refuseOccupied(folder, paths);
  if (refusal !== undefined) throw new Refusal(refusal);
  if ((await deadTransactions(folder)).length > 0)
    throw new Refusal(`A run was interrupted in ${folder}, and has to be taken back first. Run it again.`);
  const journal = plan(folder, changes);
  if (journal.files.length === 0) return;
  await step('begin');
  const transaction = await TransactionFolder.make(folder);
  try {
    await expectAlone(folder, transaction);
    for (const [number, { path }] of journal.files.entries()) {
      const file = changes.write.get(path);
      if (file === undefined) continue;
      await step(`write ${path}`);
      await stage(transaction.newFile(number), file, join(folder, path));
      await inheritOwner(transaction.newFile(number), folder, path);
    }
    await step('journal');
    await writeJournal(transaction, journal);
  } catch (error) {
    await rm(transaction.path, { recursive: true });
    throw error;
  }
  try {
    await moveFiles(folder, transaction, journal, step);
    await step('commit');
    await rename(transaction.journal, transaction.committed);
  } catch (error) {
    // Signals and steps that fail are over: this has to come to its end.
    await undoMoves(folder, transaction, journal, async () => {}).catch((refused: Error) => {
      throw Object.assign(refused, { cause: error });
    });
    throw error;
  }
  // Everything is in its place. What can't be cleared away now is by the next run.
  await finishMoves(folder, transaction, journal).catch(() => undefined);
}

export interface CommitOptions {
  /** Told each step before it is taken; what it throws takes everything back. */
  readonly step?: (name: string) => void | Promise<void>;
}

/**
 * Makes changes in a folder so that afterwards either all of them are there or the folder is as it was, whatever
 * happens: a failing disk, a signal (taken back, then the process ends by it), and by `recoverFolder` also a kill or a
 * power cut. Symbolic links are never followed.
 * @throws Refusal with a sentence for the user; nothing has changed then.
 */
export async function commitTree(
  folder: string,
  changes: FolderChanges,
  { step }: CommitOptions = {},
): Promise<void> {
  const interruption = new Interruption();
  try {
    await transact(folder, changes, async (name) => {
      await step?.(name);
      interruption.check();
    });
  } catch (error) {
    throw explainFailure(error, folder);
  } finally {
    interruption.close();
  }
}
