export { Refusal } from './refusal.error.ts';
export { commitTree, type CommitOptions } from './transaction/commit.tree.ts';
export { type FolderChanges } from './transaction/folder.changes.ts';
export { recoverFolder } from './transaction/folder.recovery.ts';
