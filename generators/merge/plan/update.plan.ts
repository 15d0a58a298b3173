import type { FileTree, TreeFile } from '../../tree/index.ts';
import type { UnmergedFile } from './plan.writes.ts';
import type { BaseFiles } from '../record/base.files.ts';
import type { Baseless } from './baseless.files.ts';
import type { StampedWorkspace } from '../workspace/stamped.workspace.ts';
import type { Drift, FileChange } from './file.change.ts';
import type { OwnerOf } from './merge.sides.ts';

export interface UpdateRequest {
  readonly workspace: StampedWorkspace;
  /** What was stamped; `findBases`, and `completeBases` where git has lost some. */
  readonly bases: BaseFiles;
  /** What the newer template renders for the same answers. */
  readonly next: FileTree;
  /** The newer template's. */
  readonly version: string;
  readonly ownerOf: OwnerOf;
  /** Whether the template's files that the user changed become the template's again. */
  readonly restore?: boolean;
}

/** What an update would do; nothing of it is done yet. */
export interface UpdatePlan {
  readonly workspace: StampedWorkspace;
  readonly from: string;
  readonly to: string;
  readonly files: readonly FileChange[];
  readonly drift: readonly Drift[];
  /** Files of which both versions are shown where they differ. */
  readonly baseless: readonly Baseless[];
  /** Each path that changes with what it gets; undefined where it goes. */
  readonly writes: ReadonlyMap<string, TreeFile | undefined>;
  readonly unmerged: readonly UnmergedFile[];
  /** Versions of the template's that the workspace doesn't get, but that the report names by their ids. */
  readonly shown: readonly Buffer[];
}
