/**
 * Where the template's version of a file is kept that was merged with the user's edits: only the outcome of a merge is
 * committed at the file's own path, so git would not have what the next update merges from. Named by its id.
 */
export const pristineFolder = '.secure-backend';

export const isPristine = (path: string): boolean => /^\.secure-backend\/[0-9a-f]{40}$/.test(path);

export const pristinePath = (id: string): string => `${pristineFolder}/${id}`;
