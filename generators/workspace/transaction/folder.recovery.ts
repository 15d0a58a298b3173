import { rm } from 'node:fs/promises';
import { Refusal } from '../refusal.error.ts';
import type { CommitOptions } from './commit.tree.ts';
import { explainFailure } from './disk.failure.ts';
import { finishMoves, undoMoves, type Step } from './file.moves.ts';
import { Interruption } from './interruption.ts';
import { refuseParents } from './real.folder.ts';
import { deadTransactions, TransactionFolder } from './transaction.folder.ts';
import { readJournal, type Journal } from './transaction.journal.ts';

function checkPlaces(folder: string, { files, vacated }: Journal): void {
  const removed = files.filter(({ puts }) => puts === undefined).map(({ path }) => path);
  const refusal = refuseParents(
    folder,
    [...files.map(({ path }) => path), ...vacated],
    new Set([...removed, ...vacated]),
  );
  if (refusal !== undefined) throw new Refusal(refusal);
}

async function recover(
  folder: string,
  transaction: TransactionFolder,
  step: Step,
): Promise<string | undefined> {
  const committed = await readJournal(transaction, transaction.committed);
  if (committed !== undefined) {
    checkPlaces(folder, committed);
    await finishMoves(folder, transaction, committed);
    return undefined;
  }
  const journal = await readJournal(transaction, transaction.journal);
  if (journal === undefined) {
    await rm(transaction.path, { recursive: true });
    return undefined;
  }
  checkPlaces(folder, journal);
  await undoMoves(folder, transaction, journal, step);
  return `A run was interrupted in ${folder} while it wrote ${journal.files.length} files. They are as they were before it.`;
}

/**
 * Takes back what runs that were killed, or lost their power, had half done in a folder. To be called before anything
 * is read there; it may itself be killed at any point.
 * @returns what happened, in sentences for the user.
 * @throws Refusal when another run is writing there, or taking back would destroy what somebody has written since.
 */
export async function recoverFolder(folder: string, { step }: CommitOptions = {}): Promise<string[]> {
  const interruption = new Interruption();
  try {
    const said: (string | undefined)[] = [];
    for (const name of await deadTransactions(folder)) {
      const transaction = await TransactionFolder.claim(folder, name);
      if (transaction !== undefined)
        said.push(await recover(folder, transaction, async (taken) => step?.(taken)));
    }
    return said.filter((sentence) => sentence !== undefined);
  } catch (error) {
    throw explainFailure(error, folder);
  } finally {
    interruption.close();
  }
}
