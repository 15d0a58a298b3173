import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createRename,
  findResidue,
  listFiles,
  type Names,
  renameTree,
} from 'generator-secure-backend/rename';
import { readTree, writeTree } from 'generator-secure-backend/tree';
import type { Finding } from '../finding.ts';
import { templateNames } from './template.names.ts';

export interface Copied {
  readonly folder: string;
  readonly paths: readonly string[];
}

/** Runs a check on a copy of a template under other names, and removes the copy afterwards. */
export function withCopy<Result>(from: string, names: Names, check: (copy: Copied) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'copy-'));
  try {
    const tree = renameTree(readTree(from, listFiles(from)), createRename(templateNames, names));
    writeTree(folder, tree);
    return check({ folder, paths: [...tree.keys()] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What is left of the template's names in a copy, in its paths and in its bytes. */
export const residueOf = ({ folder, paths }: Copied, names: Names): Finding[] =>
  paths.flatMap((path) =>
    [
      ...findResidue(path, templateNames, names),
      // Latin-1 keeps every byte, so that leftovers in files that are no text are found too.
      ...findResidue(readFileSync(join(folder, path), 'latin1'), templateNames, names),
    ].map(({ line, found }) => ({ path, line, message: `left over: ${found}` })),
  );
