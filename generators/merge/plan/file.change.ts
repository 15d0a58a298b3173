import type { Owner } from '../../template/index.ts';
import type { LineCount } from '../git/tree.difference.ts';
import type { Disagreement } from './conflict.decision.ts';

/**
 * What an update does with one file:
 * - `added`, `changed`, `removed`: as the template did, since the user left it alone;
 * - `merged`: the template's change beside the user's edits;
 * - `renamed`: the template moved it, and the user's edits went along;
 * - `restored`: the user's edits gave way to the template's version, because that was asked for;
 * - `conflict`: both changed the same place;
 * - `kept`: the template removed what the user edited or moved; from now on it is the user's;
 * - `deleted`: the template changed what the user deleted; it stays deleted;
 * - `adopted`: the template brings what the user has already, byte for byte;
 * - `left`: the template changed or brings what is the user's alone.
 */
export type ChangeKind =
  | 'added'
  | 'changed'
  | 'removed'
  | 'merged'
  | 'renamed'
  | 'restored'
  | 'conflict'
  | 'kept'
  | 'deleted'
  | 'adopted'
  | 'left';

export interface FileChange {
  readonly path: string;
  readonly owner: Owner;
  readonly kind: ChangeKind;
  /** Where it was before the template moved it, or where the template has what the user moved here. */
  readonly from?: string;
  readonly lines?: LineCount;
  readonly about?: Disagreement;
  /** The id of the template's version, where the workspace doesn't get it: `git cat-file -p` shows it. */
  readonly shown?: string;
}

/** A file of the template that the user changed. */
export interface Drift {
  readonly path: string;
  readonly kind: 'edited' | 'deleted' | 'permissions';
}
