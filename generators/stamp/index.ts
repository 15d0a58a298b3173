export { formatOf, type Format } from './formatted.tree.ts';
export { renameFor } from './renamed.file.ts';
export { copyService } from './service.files.ts';
export { registerService } from './service.registration.ts';
export { renderWorkspace } from './workspace.stamp.ts';
export { isRendered, renderTables, tablesMissing } from './truth.tables.ts';
