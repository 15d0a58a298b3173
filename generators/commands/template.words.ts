import type { Names } from '../rename/index.ts';
import { loadTemplate, refuseWords } from '../template/index.ts';

/** Why names can't be used beside the words of this generator's template. */
export const refuseWordsOf = (names: Names): string | undefined => refuseWords(loadTemplate().files, names);
