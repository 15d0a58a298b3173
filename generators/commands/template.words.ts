import type { Names } from '../rename/index.ts';
import { loadTemplate, refuseWords } from '../template/index.ts';
import type { FileTree } from '../tree/index.ts';

let files: FileTree | undefined;

/** Why names can't be used beside the words of this generator's template; it is read when somebody first asks. */
export function refuseWordsOf(names: Names): string | undefined {
  files ??= loadTemplate().files;
  return refuseWords(files, names);
}
