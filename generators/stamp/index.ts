export { formatOf, type Format } from './formatted.tree.ts';
export { renderService } from './service.render.ts';
export { renderTables, tablesMissing } from './truth.tables.ts';
export { workspaceGlobs, workspaceLock } from './workspace.lock.ts';
export { renderWorkspace } from './workspace.stamp.ts';
