import { z } from 'zod';
import { blobId } from '../git/git.objects.ts';
import type { FileMode, FileTree, TreeFile } from '../../tree/index.ts';

/** Where a workspace keeps what was stamped into it. */
export const recordFile = '.secure-backend.json';

/** A file as it was stamped; the id is git's, of SHA-1. */
export interface RecordedFile {
  readonly mode: FileMode;
  readonly id: string;
}

/** What was stamped, and by which version. */
export interface StampRecord {
  readonly version: string;
  readonly files: ReadonlyMap<string, RecordedFile>;
}

const schema = z.object({
  version: z.string(),
  files: z.record(z.string(), z.string().regex(/^(?:(?:100755|120000) )?[0-9a-f]{40}$/)),
});

/** A file as the record keeps it. */
export const recorded = ({ mode, contents }: TreeFile): RecordedFile => ({ mode, id: blobId(contents) });

export const isSameFile = (one: RecordedFile | undefined, other: RecordedFile | undefined): boolean =>
  one?.mode === other?.mode && one?.id === other?.id;

/** The record of a tree; it can't hold its own id. */
export const recordOf = (version: string, tree: FileTree): StampRecord => ({
  version,
  files: new Map(
    [...tree].filter(([path]) => path !== recordFile).map(([path, file]) => [path, recorded(file)]),
  ),
});

/**
 * Reads `.secure-backend.json`: `{ "version": "1.0.0", "files": { "path": "<id>", "run.sh": "100755 <id>" } }`.
 * @throws Error with a sentence for the user when it can't be used
 */
export function readRecord(text: string): StampRecord {
  const cure = 'Take it out of your history again.';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`${recordFile} is no JSON. ${cure}`);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new Error(`${recordFile} can't be used. ${cure}`);
  const files = Object.entries(parsed.data.files).map(([path, entry]) => {
    const [id = '', mode = '100644'] = entry.split(' ').toReversed();
    return [path, { mode: mode as FileMode, id }] as const;
  });
  return { version: parsed.data.version, files: new Map(files) };
}

/** The record as it is written; in the order of paths, so that two of them compare line by line. */
export function writeRecord({ version, files }: StampRecord): string {
  const entries = [...files]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { mode, id }]) => [path, mode === '100644' ? id : `${mode} ${id}`]);
  return `${JSON.stringify({ version, files: Object.fromEntries(entries) as unknown }, undefined, 2)}\n`;
}
