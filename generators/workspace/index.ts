export { uncommitted } from './folder/git.surroundings.ts';
export { refuseNewWorkspace, remarkNewWorkspace } from './folder/new.workspace.ts';
export { findWorkspace, isStamped } from './folder/stamped.folder.ts';
export { servicesOf } from './names/service.folders.ts';
export { refuseService } from './names/service.check.ts';
export { Refusal } from './refusal.error.ts';
export { commitTree, type CommitOptions } from './transaction/commit.tree.ts';
export { type FolderChanges } from './transaction/folder.changes.ts';
export { recoverFolder } from './transaction/folder.recovery.ts';
