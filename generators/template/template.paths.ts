/** What stays behind: the generator, what judges it, what belongs to this repository alone. */
const left = /^(?:generators|test\/(?:generator|performance|ci)|\.ci|\.github)\//;

/** What a stamped workspace gets from a function instead of a copy; some of it is read by that function. */
const made = new Set([
  'package.json',
  'package-lock.json',
  'README.md',
  'CHANGELOG.md',
  '.yo-rc.json',
  '.secure-backend.json',
]);

/** Written by the evaluators of what is stamped, not by renaming what they wrote of the template. */
const isTable = (path: string): boolean => /^test\/(?:network|access)\/tables\//.test(path);

/** Whether a file of this repository belongs to the template at all. */
export const isOfTemplate = (path: string): boolean => !left.test(path);

/** Whether a stamped workspace gets the file as a copy under its own names. */
export const isCopied = (path: string): boolean => isOfTemplate(path) && !made.has(path) && !isTable(path);
