import type { FileTree, TreeFile } from '../../tree/index.ts';
import { blobId, readBlobs } from '../git/git.objects.ts';
import { openThrowaway } from '../git/throwaway.repository.ts';
import type { StampedWorkspace } from '../workspace/stamped.workspace.ts';
import type { StampRecord } from './stamp.record.ts';

/** What was stamped, as far as it could be found. */
export interface BaseFiles {
  readonly record: StampRecord;
  readonly files: FileTree;
  /** Files whose stamped contents git has no longer: a shallow clone, or a folder that was copied without its history. */
  readonly missing: readonly string[];
  /** Those that were rendered anew, since git has lost them. */
  readonly rendered: ReadonlySet<string>;
  /** Files that were rendered anew, but not as they were stamped; no merge leans on them. */
  readonly doubted: readonly string[];
}

/** The last commit's versions of some files, by their paths; submodules are none. */
export function readCommitted(
  { root, entries }: Pick<StampedWorkspace, 'root' | 'entries'>,
  paths: Iterable<string>,
): FileTree {
  const wanted = [...paths].flatMap((path) => {
    const entry = entries.get(path);
    return entry === undefined || entry.mode === '160000' ? [] : [{ path, mode: entry.mode, id: entry.id }];
  });
  const blobs = readBlobs(
    wanted.map(({ id }) => id),
    { cwd: root },
  );
  return new Map(
    wanted.flatMap(({ path, mode, id }) => {
      const contents = blobs.get(id);
      return contents === undefined ? [] : [[path, { mode, contents }] as const];
    }),
  );
}

/**
 * Finds the stamped contents of each recorded file in the workspace's own repository: in the last commit, or by its id
 * wherever git still has it. No network is asked.
 */
export function findBases(workspace: StampedWorkspace): BaseFiles {
  const { record } = workspace;
  const committed = readCommitted(workspace, record.files.keys());
  const elsewhere = [...record.files]
    .filter(([path, { id }]) => !hasId(committed.get(path), id))
    .map(([, { id }]) => id);
  const blobs = readKept(elsewhere, workspace);
  const files = new Map<string, TreeFile>();
  for (const [path, { mode, id }] of record.files) {
    const now = committed.get(path);
    const contents = now && hasId(now, id) ? now.contents : blobs.get(id);
    if (contents !== undefined) files.set(path, { mode, contents });
  }
  const missing = [...record.files.keys()].filter((path) => !files.has(path));
  return { record, files, missing, rendered: new Set(), doubted: [] };
}

/** A partial clone would fetch each object that it lacks; seen from another repository they are merely not there. */
function readKept(
  ids: readonly string[],
  { objects, format }: StampedWorkspace,
): ReadonlyMap<string, Buffer> {
  if (ids.length === 0) return new Map();
  const throwaway = openThrowaway(objects, format);
  try {
    return readBlobs(ids, throwaway.call);
  } finally {
    throwaway.remove();
  }
}

const hasId = (file: TreeFile | undefined, id: string): boolean =>
  file !== undefined && blobId(file.contents) === id;

/** Fills in what is missing from a rendering of the recorded version; what differs from the record is doubted instead. */
export function completeBases(bases: BaseFiles, rendered: FileTree): BaseFiles {
  const files = new Map(bases.files);
  const missing: string[] = [];
  const doubted: string[] = [];
  const found = new Set<string>();
  for (const path of bases.missing) {
    const file = rendered.get(path);
    const stamped = bases.record.files.get(path);
    if (file === undefined || stamped === undefined) missing.push(path);
    else if (hasId(file, stamped.id)) found.add(path);
    else doubted.push(path);
    if (file && stamped && found.has(path)) files.set(path, { ...file, mode: stamped.mode });
  }
  return { ...bases, files, missing, rendered: found, doubted };
}
