import type { Answers, ServiceAnswers } from '../answers/index.ts';
import { renameFile } from '../rename/index.ts';
import { isCopied, serviceFolders, templateNames } from '../template/index.ts';
import type { FileTree, TreeFile } from '../tree/index.ts';
import { renameFor } from './workspace.rename.ts';

/** A file of the template and what became of it; equal when renaming changed nothing. */
export interface Copied {
  readonly original: TreeFile;
  readonly file: TreeFile;
}

type Copies = ReadonlyMap<string, Copied>;

const folders = serviceFolders(templateNames.service);
const isOfService = (path: string): boolean => folders.some((folder) => path.startsWith(folder));

function copy(
  template: FileTree,
  answers: Answers,
  service: ServiceAnswers,
  wanted: (path: string) => boolean,
): Copies {
  const rename = renameFor(answers, service);
  const copies = [...template]
    .filter(([path]) => isCopied(path) && wanted(path))
    .map(([path, original]) => [rename(path), { original, file: renameFile(original, rename) }] as const);
  return new Map(copies);
}

/** All that is a service's own: its program, and how it is deployed. */
export const copyService = (template: FileTree, answers: Answers, service: ServiceAnswers): Copies =>
  copy(template, answers, service, isOfService);

/** All that services share, under the names of the first. */
export function copyShared(template: FileTree, answers: Answers): Copies {
  const [first] = answers.services;
  if (first === undefined) throw new Error('A workspace has at least one service.');
  return copy(template, answers, first, (path) => !isOfService(path));
}
