export { applyUpdate } from './application/update.application.ts';
export { HalfSwitched } from './application/disk.switch.ts';
export type { ChangeKind, Drift, FileChange } from './plan/file.change.ts';
export type { OwnerOf } from './plan/merge.sides.ts';
export type { UpdatePlan, UpdateRequest } from './plan/update.plan.ts';
export { planUpdate } from './plan/update.planning.ts';
export { compareVersions } from './plan/version.order.ts';
export {
  completeBases,
  findBaseless,
  findBases,
  type BaseFiles,
  type Baseless,
} from './record/base.files.ts';
export { readRecord, recordFile, recordOf, writeRecord, type StampRecord } from './record/stamp.record.ts';
export { changelogBetween, type ChangelogSection } from './report/changelog.entries.ts';
export { reportCheck } from './report/check.report.ts';
export { reportUpdate } from './report/update.report.ts';
export { checkWorkspace, exitStatus, type WorkspaceCheck } from './report/workspace.check.ts';
export { openWorkspace, type StampedWorkspace } from './workspace/stamped.workspace.ts';
export { UpdateRefusal } from './workspace/update.refusal.ts';
