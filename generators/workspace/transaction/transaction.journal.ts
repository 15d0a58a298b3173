import { createHash } from 'node:crypto';
import { lstat, open, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { readTreeFile, type TreeFile } from '../../tree/index.ts';
import { Refusal } from '../refusal.error.ts';
import { refusePath } from './folder.changes.ts';
import type { TransactionFolder } from './transaction.folder.ts';

const path = z.string().refine((value) => refusePath(value) === undefined);

const journalSchema = z.strictObject({
  /** Folders that are not there yet, outer ones first. */
  folders: z.array(path),
  /** Removals first; a file's place in the list is its number in the transaction's folder. */
  files: z.array(
    z.strictObject({
      path,
      /** The fingerprint of what was there. */
      had: z.string().optional(),
      /** The fingerprint of what comes; a file without is removed. */
      puts: z.string().optional(),
    }),
  ),
});

/** Everything that is needed to take a half-done transaction back. */
export type Journal = z.infer<typeof journalSchema>;

/** Tells two states of a file apart. */
export const fingerprint = ({ mode, contents }: TreeFile): string =>
  `${mode} ${createHash('sha256').update(contents).digest('hex')}`;

/** That of what lies at a path of a folder; undefined for nothing. */
export function fingerprintAt(folder: string, file: string): string | undefined {
  const found = readTreeFile(folder, file);
  return found === undefined ? undefined : fingerprint(found);
}

/** Writes a file so that it is still there after the power failed. */
export async function writeDurably(file: string, contents: Buffer | string, mode = 0o666): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.writeFile(contents);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** From here on files of the folder are moved, and whoever finds the journal has to take that back. */
export const writeJournal = (transaction: TransactionFolder, journal: Journal): Promise<void> =>
  writeDurably(transaction.journal, JSON.stringify(journal));

/**
 * The journal that a dead run left behind, which a repository from anywhere may have planted.
 * @returns undefined when there is none: nothing had been moved yet, or all had been taken back.
 */
export async function readJournal(
  transaction: TransactionFolder,
  file: string,
): Promise<Journal | undefined> {
  try {
    const folders = await Promise.all(
      [transaction.newFiles, transaction.oldFiles].map((name) => lstat(name)),
    );
    const text = await readFile(file, 'utf8');
    if (!folders.every((stat) => stat.isDirectory())) throw new Error('a link');
    return journalSchema.parse(JSON.parse(text));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Refusal(
      `${file} can't be read as what an interrupted run left behind. Look what its folder holds, and remove it.`,
      { cause: error },
    );
  }
}
