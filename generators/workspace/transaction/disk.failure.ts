import { Refusal } from '../refusal.error.ts';

const sentences: Readonly<Record<string, (folder: string) => string>> = {
  ENOSPC: (folder) => `The disk of ${folder} is full. Make room on it and run it again.`,
  EDQUOT: (folder) => `Your quota on the disk of ${folder} is used up. Make room and run it again.`,
  EROFS: (folder) => `${folder} is on a read-only file system. Choose a folder that can be written to.`,
  EACCES: (folder) => `You may not write everywhere in ${folder}. Mend its permissions and run it again.`,
  EPERM: (folder) => `You may not write everywhere in ${folder}. Mend its permissions and run it again.`,
  EXDEV: (folder) =>
    `A folder in ${folder} is mounted from another file system. Run it where all of it is on one.`,
  EMFILE: () => 'Too many files are open on this machine. Close something and run it again.',
  ENFILE: () => 'Too many files are open on this machine. Close something and run it again.',
};

/** What went wrong with the disk, as a sentence for the user where there is one, otherwise as it came. */
export function explainFailure(error: unknown, folder: string): unknown {
  const { code = '', path } = error as NodeJS.ErrnoException;
  const sentence = sentences[code]?.(folder);
  if (sentence === undefined) return error;
  return new Refusal(`${sentence}${path === undefined ? '' : ` (${code} at ${path})`}`, { cause: error });
}
