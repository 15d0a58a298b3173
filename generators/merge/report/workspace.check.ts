import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Owner } from '../../template/index.ts';
import type { FileTree } from '../../tree/index.ts';
import type { Drift } from '../plan/file.change.ts';
import { findDrift } from '../plan/file.drift.ts';
import { isUpdated, type OwnerOf } from '../plan/merge.sides.ts';
import { filesOnDisk } from '../record/disk.files.ts';
import { isSameFile, readRecord, recordFile, recordOf, type StampRecord } from '../record/stamp.record.ts';
import { Refusal } from '../../workspace/refusal.error.ts';

/**
 * Whether a workspace is current; printed as it is by `--check --json`:
 * `{ "current": false, "recorded": "1.0.0", "newest": "1.1.0",
 *    "behind": [{ "path": "package.json", "owner": "shared", "kind": "changed" }],
 *    "drifted": [{ "path": "docker/Dockerfile", "kind": "edited" }] }`.
 */
export interface WorkspaceCheck {
  /** Neither behind, by version or by file, nor drifted. */
  readonly current: boolean;
  readonly recorded: string;
  readonly newest: string;
  /** What the template has changed since, in the order of paths. */
  readonly behind: readonly BehindFile[];
  /** The template's files that the user changed, in the order of paths. */
  readonly drifted: readonly Drift[];
}

export interface BehindFile {
  readonly path: string;
  readonly owner: Owner;
  readonly kind: 'added' | 'changed' | 'removed';
}

export interface CheckRequest {
  readonly folder: string;
  readonly next: FileTree;
  /** The newer template's. */
  readonly version: string;
  readonly ownerOf: OwnerOf;
}

/**
 * Compares a workspace as it lies on the disk with what was stamped, and that with what the newer template renders. Only reads;
 * needs no clean work tree, and no git.
 * @throws Refusal when the folder was not stamped
 */
export function checkWorkspace({ folder, next, version, ownerOf }: CheckRequest): WorkspaceCheck {
  const root = resolve(folder);
  if (!existsSync(join(root, recordFile))) {
    throw new Refusal(
      `There is no ${recordFile} here. Check the folder of a workspace that yo secure-backend stamped.`,
    );
  }
  const record = readRecord(readFileSync(join(root, recordFile), 'utf8'));
  const behind = findBehind(record, recordOf(version, next), ownerOf);
  const onDisk = filesOnDisk(root, record);
  const drifted = findDrift(record, (path) => onDisk.get(path), ownerOf);
  return {
    current: record.version === version && behind.length === 0 && drifted.length === 0,
    recorded: record.version,
    newest: version,
    behind,
    drifted,
  };
}

/** What `--check` exits with: 2 calls for an update, and tells it from a failure. */
export const exitStatus = ({ current }: WorkspaceCheck): 0 | 2 => (current ? 0 : 2);

function findBehind(before: StampRecord, after: StampRecord, ownerOf: OwnerOf): BehindFile[] {
  const paths = [...new Set([...before.files.keys(), ...after.files.keys()])];
  return paths
    .filter((path) => isUpdated(path, ownerOf))
    .filter((path) => !isSameFile(before.files.get(path), after.files.get(path)))
    .toSorted()
    .map((path) => {
      const kind = !before.files.has(path) ? 'added' : after.files.has(path) ? 'changed' : 'removed';
      return { path, owner: ownerOf(path), kind };
    });
}
