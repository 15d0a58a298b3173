import type { Disagreement } from '../plan/conflict.decision.ts';
import type { FileChange } from '../plan/file.change.ts';

/** A path as a shell takes it. */
export const shellPath = (path: string): string =>
  /^[\w./@%+=:,-]+$/.test(path) && !path.startsWith('-')
    ? path
    : `'${path.replaceAll("'", String.raw`'\''`)}'`;

const choose = (path: string): string =>
  `git checkout --ours -- ${path} keeps yours, --theirs takes the template's; then git add -- ${path}`;

const advices: Readonly<Record<Disagreement, (path: string) => string>> = {
  text: (path) => `edit what stands between <<<<<<< and >>>>>>>, then git add -- ${path}`,
  binary: (path) => `yours is in place. ${choose(path)}`,
  link: (path) => `yours is in place. ${choose(path)}`,
  moved: (path) =>
    `you and the template moved it to different places. git add -- ${path} keeps it here, git rm -- ${path} doesn't`,
  folder: (path) =>
    `one side has a file where the other has a folder. Move it where it belongs, then git add or git rm -- ${path}`,
  type: (path) =>
    `one side has a link where the other has a file. Keep one of the two, then git add or git rm -- ${path}`,
};

/** What to do about a file in conflict. */
export const adviseConflict = ({ path, about = 'text' }: FileChange): string =>
  advices[about](shellPath(path));
