import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../refusal.error.ts';
import { transactionPrefix } from './folder.changes.ts';
import { identify, isRunning } from './process.identity.ts';

/**
 * Where a transaction keeps what is to come, what was there, and its journal. It lies in the folder itself: only on
 * the same file system is a rename one indivisible step. Its name says whose it is, so that there is no moment in
 * which it has no owner. Files in it are numbered and have no extension: no tool takes one for a source.
 */
export class TransactionFolder {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  static async make(folder: string): Promise<TransactionFolder> {
    const path = join(folder, ownName());
    await mkdir(path);
    const made = new TransactionFolder(path);
    try {
      await writeFile(join(path, '.gitignore'), '*\n');
      await mkdir(made.newFiles);
      await mkdir(made.oldFiles);
      return made;
    } catch (error) {
      await rm(path, { recursive: true });
      throw error;
    }
  }

  /**
   * Takes over one whose process is dead.
   * @returns undefined when another process was faster.
   */
  static async claim(folder: string, name: string): Promise<TransactionFolder | undefined> {
    const path = join(folder, ownName());
    try {
      await rename(join(folder, name), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    return new TransactionFolder(path);
  }

  get path(): string {
    return this.#path;
  }

  get newFiles(): string {
    return join(this.#path, 'new');
  }

  get oldFiles(): string {
    return join(this.#path, 'old');
  }

  /** What is to come, by its number in the journal. */
  newFile(number: number): string {
    return join(this.newFiles, String(number));
  }

  /** What was there, by its number in the journal. */
  oldFile(number: number): string {
    return join(this.oldFiles, String(number));
  }

  get journal(): string {
    return join(this.#path, 'journal');
  }

  /** The journal once nothing is taken back any more. */
  get committed(): string {
    return join(this.#path, 'committed');
  }
}

let made = 0;

const ownName = (): string => {
  const { pid, started } = identify(process.pid);
  made += 1;
  return `${transactionPrefix}${pid}.${started}.${made}`;
};

/** The transactions that lie in a folder, by their names. */
export async function listTransactions(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith(transactionPrefix)).toSorted();
}

const refuseRunning = (folder: string, pid: number | string): Refusal =>
  new Refusal(`Another run, process ${pid}, is writing in ${folder}. Wait until it has ended.`);

/**
 * Those whose process is dead.
 * @throws Refusal when one is alive.
 */
export async function deadTransactions(folder: string): Promise<string[]> {
  const names = await listTransactions(folder);
  for (const name of names) {
    const [pid, started] = ownerOf(name);
    if (pid !== undefined && started !== undefined && isRunning({ pid, started }))
      throw refuseRunning(folder, pid);
  }
  return names;
}

const ownerOf = (name: string): number[] => name.slice(transactionPrefix.length).split('.').map(Number);

/**
 * Of two that have begun at once, at least one sees the other, as each looks when its own folder is there.
 * @throws Refusal when there is another one.
 */
export async function expectAlone(folder: string, { path }: TransactionFolder): Promise<void> {
  const other = (await listTransactions(folder)).find((name) => join(folder, name) !== path);
  if (other !== undefined) throw refuseRunning(folder, ownerOf(other)[0] ?? 'unknown');
}
