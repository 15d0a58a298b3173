import type { FileTree, TreeFile } from '../../tree/index.ts';
import { blobId, readBlobs, type ObjectFormat, type TreeEntries } from '../git/git.objects.ts';
import type { GitCall } from '../git/git.program.ts';
import type { Stage } from '../git/tree.merge.ts';

/** What some paths get; undefined where a file goes. */
export type Writes = ReadonlyMap<string, TreeFile | undefined>;

/** One side's version of a file in conflict, for the index. */
export interface UnmergedFile extends Stage {
  readonly contents: Buffer;
}

/** What leads from one tree to another, whose contents git has. */
export function writesBetween(before: TreeEntries, after: TreeEntries, call: GitCall): Writes {
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => {
    const [one, other] = [before.get(path), after.get(path)];
    return one?.id !== other?.id || one?.mode !== other?.mode;
  });
  const ids = paths.flatMap((path) => after.get(path)?.id ?? []);
  const blobs = readBlobs(ids, call);
  return new Map(
    paths.map((path) => {
      const entry = after.get(path);
      const contents = blobs.get(entry?.id ?? '');
      if (!entry || entry.mode === '160000' || !contents) return [path, undefined];
      return [path, { mode: entry.mode, contents }];
    }),
  );
}

/** Those writes that change something. */
export function changesOnly(writes: Writes, before: TreeEntries, format: ObjectFormat): Writes {
  return new Map(
    [...writes].filter(([path, file]) => {
      const entry = before.get(path);
      if (!entry || !file) return entry !== file;
      return entry.id !== blobId(file.contents, format) || entry.mode !== file.mode;
    }),
  );
}

export function readStages(stages: readonly Stage[], call: GitCall): UnmergedFile[] {
  const blobs = readBlobs(
    stages.map(({ id }) => id),
    call,
  );
  return stages.map((stage) => ({ ...stage, contents: blobs.get(stage.id) ?? Buffer.alloc(0) }));
}

/** The files of a tree as git would list them. */
export const entriesOf = (tree: FileTree, format: ObjectFormat): TreeEntries =>
  new Map(
    [...tree].map(([path, { mode, contents }]) => [path, { mode, id: blobId(contents, format) }] as const),
  );
