import type { TreeFile } from '../../tree/index.ts';
import { recorded, type RecordedFile, type StampRecord } from '../record/stamp.record.ts';
import type { Drift } from './file.change.ts';
import type { OwnerOf } from './merge.sides.ts';

/** The template's files that the user edited, deleted or gave other permissions, in the order of their paths. */
export function findDrift(
  { files }: StampRecord,
  now: (path: string) => RecordedFile | undefined,
  ownerOf: OwnerOf,
): Drift[] {
  return [...files]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, stamped]): Drift[] => {
      if (ownerOf(path) !== 'template') return [];
      const file = now(path);
      if (file === undefined) return [{ path, kind: 'deleted' }];
      if (file.id !== stamped.id) return [{ path, kind: 'edited' }];
      return file.mode === stamped.mode ? [] : [{ path, kind: 'permissions' }];
    });
}

/** How the record would name a file. */
export const asRecorded = (file: TreeFile | undefined): RecordedFile | undefined => file && recorded(file);
