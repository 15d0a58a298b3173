import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { answersFile } from '../../answers/index.ts';
import { gitLine, runGit } from '../git/git.program.ts';
import { listTree, readBlobs, type ObjectFormat, type TreeEntries } from '../git/git.objects.ts';
import { readRecord, recordFile, type StampRecord } from '../record/stamp.record.ts';
import { expectReady } from './git.readiness.ts';
import { Refusal } from '../../workspace/refusal.error.ts';

/** A stamped workspace whose files are as they were last committed. */
export interface StampedWorkspace {
  /** Its folder; the repository may begin further up. */
  readonly root: string;
  /** Its path below the repository's top: empty, or with a slash at its end. */
  readonly prefix: string;
  readonly format: ObjectFormat;
  /** The id of the folder's tree in the last commit. */
  readonly tree: string;
  /** Its files in the last commit. */
  readonly entries: TreeEntries;
  /** Where the repository keeps its objects. */
  readonly objects: string;
  readonly record: StampRecord;
}

/**
 * Looks whether a workspace can be updated.
 * @throws Refusal with a sentence for the user when it can't
 */
export function openWorkspace(folder: string): StampedWorkspace {
  const root = resolve(folder);
  const missing = [recordFile, answersFile].find((name) => !existsSync(join(root, name)));
  if (missing !== undefined) {
    throw new Refusal(
      `There is no ${missing} here. Update in the folder of a workspace that yo secure-backend stamped.`,
    );
  }
  expectReady(root);
  const call = { cwd: root };
  const found = runGit(['rev-parse', '--verify', '--quiet', 'HEAD:./'], call);
  const tree = found.stdout.toString().trim();
  const entries = found.status === 0 ? listTree(tree, call) : undefined;
  const record = entries?.get(recordFile);
  if (entries === undefined || record === undefined) {
    throw new Refusal(`${recordFile} is not committed. Commit what was stamped, then update.`);
  }
  return {
    root,
    prefix: gitLine(['rev-parse', '--show-prefix'], call),
    format: gitLine(['rev-parse', '--show-object-format'], call) as ObjectFormat,
    tree,
    entries,
    objects: realpathSync(resolve(root, gitLine(['rev-parse', '--git-path', 'objects'], call))),
    record: readRecord(readBlobs([record.id], call).get(record.id)?.toString() ?? ''),
  };
}
