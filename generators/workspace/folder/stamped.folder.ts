import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { answersFile, readAnswers } from '../../answers/index.ts';
import { Refusal } from '../refusal.error.ts';

const recordFile = '.secure-backend.json';

function holdsAnswers(file: string): boolean {
  try {
    return readAnswers(readFileSync(file, 'utf8')) !== undefined;
  } catch {
    return false;
  }
}

/** Whether a folder is a workspace that this generator stamped; also one whose answers somebody has spoiled. */
export const isStamped = (folder: string): boolean =>
  existsSync(join(folder, recordFile)) || holdsAnswers(join(folder, answersFile));

/** The folder itself and all above it, the nearest first. */
export function outwards(folder: string): string[] {
  const here = resolve(folder);
  const parent = dirname(here);
  return parent === here ? [here] : [here, ...outwards(parent)];
}

/**
 * The stamped workspace that a folder is in.
 * @throws Refusal when it is in none
 */
export function findWorkspace(folder: string): string {
  const root = outwards(folder).find(isStamped);
  if (root !== undefined) return root;
  throw new Refusal(
    `${resolve(folder)} is in no workspace that yo secure-backend stamped. Go to one, or stamp one with "yo secure-backend" in an empty folder.`,
  );
}
