import { textFile, type FileTree } from '../../tree/index.ts';
import type { ObjectFormat, TreeEntries } from '../git/git.objects.ts';
import { openThrowaway } from '../git/throwaway.repository.ts';
import { mergeTrees } from '../git/tree.merge.ts';
import { type BaseFiles, readCommitted } from '../record/base.files.ts';
import { recordFile, recordOf, type StampRecord, writeRecord } from '../record/stamp.record.ts';
import { listPaths, UpdateRefusal } from '../workspace/update.refusal.ts';
import { findBaseless } from './baseless.files.ts';
import { decideConflicts } from './conflict.decision.ts';
import { classifyFiles } from './file.classification.ts';
import { asRecorded, findDrift } from './file.drift.ts';
import { folderClashes } from './folder.clashes.ts';
import { isUpdated, mergeSides } from './merge.sides.ts';
import { changesOnly, entriesOf, readStages, writesBetween } from './plan.writes.ts';
import { planPristine } from './pristine.plan.ts';
import type { UpdatePlan, UpdateRequest } from './update.plan.ts';
import { compareVersions } from './version.order.ts';

/**
 * Works out an update: git merges what the user and the template each made of what was stamped, in a repository that is
 * thrown away. The workspace is only read.
 * @throws UpdateRefusal when the workspace is newer than the template, or a file of the user's is in the way
 */
export function planUpdate({ next: rendered, restore = false, ...request }: UpdateRequest): UpdatePlan {
  const { workspace, bases, version, ownerOf } = request;
  const { record, entries, objects, format } = workspace;
  refuseOlder(record.version, version);
  const next = new Map([...rendered].filter(([path]) => path !== recordFile));
  const updated = new Map([...next].filter(([path]) => isUpdated(path, ownerOf)));
  const isRestored = (path: string): boolean =>
    restore && record.files.has(path) && ownerOf(path) === 'template';
  const committed = readCommitted(workspace, new Set([...record.files.keys(), ...next.keys()]));
  const sides = mergeSides({ entries, committed, bases, next, ownerOf, restore });
  const before = withoutPaths(entries, sides.untouched);
  const throwaway = openThrowaway(objects, format);
  const { call } = throwaway;
  try {
    const merge = mergeTrees({ ...sides, before, label: `secure-backend-${version}` }, call);
    const decision = decideConflicts(merge, (path) => record.files.has(path));
    refuseClashes(decision.entries, sides.untouched);
    const files = classifyFiles({
      before: new Map([...before, ...[...sides.untouched].filter(([path]) => ownerOf(path) === 'yours')]),
      stamped: stampedEntries(bases, next, format),
      next: entriesOf(next, format),
      merge,
      decision,
      ownerOf,
      isRestored,
    });
    const pristine = planPristine({
      bases,
      next: updated,
      before: entries,
      after: decision.entries,
      moved: merge.renames.yours,
      format,
    });
    const stated = textFile(writeRecord(nextRecord(request, next)));
    const writes = new Map([
      ...writesBetween(before, decision.entries, call),
      ...pristine,
      [recordFile, stated] as const,
    ]);
    return {
      workspace,
      from: record.version,
      to: version,
      files,
      drift: findDrift(record, (path) => asRecorded(committed.get(path)), ownerOf),
      baseless: findBaseless(bases, workspace, next, ownerOf).filter(({ path }) => !isRestored(path)),
      writes: changesOnly(writes, entries, format),
      unmerged: readStages(
        [...decision.conflicts.values()].flatMap(({ stages }) => stages),
        call,
      ),
      shown: files.filter(({ shown }) => shown).flatMap(({ path }) => next.get(path)?.contents ?? []),
    };
  } finally {
    throwaway.remove();
  }
}

/** What was stamped once and isn't rendered any longer stays recorded: it is the user's. */
function nextRecord({ bases, version, ownerOf }: Omit<UpdateRequest, 'next'>, next: FileTree): StampRecord {
  const own = [...bases.record.files].filter(([path]) => ownerOf(path) === 'yours');
  return { version, files: new Map([...own, ...recordOf(version, next).files]) };
}

function refuseOlder(recorded: string, version: string): void {
  if (compareVersions(version, recorded) >= 0) return;
  throw new UpdateRefusal(
    `This workspace was stamped by version ${recorded}, and this is ${version}. Update the generator first.`,
  );
}

function refuseClashes(after: TreeEntries, untouched: TreeEntries): void {
  const clashes = folderClashes(untouched.keys(), after.keys());
  const taken = [...untouched.keys()].filter((path) => after.has(path) || clashes.has(path));
  if (taken.length === 0) return;
  throw new UpdateRefusal(
    `The template has files where you have these. Move them, commit, and update again:\n${listPaths(taken)}`,
  );
}

const withoutPaths = (entries: TreeEntries, others: TreeEntries): TreeEntries =>
  new Map([...entries].filter(([path]) => !others.has(path)));

/** What was stamped, by the ids that this repository would give it. */
function stampedEntries({ record, files }: BaseFiles, next: FileTree, format: ObjectFormat): TreeEntries {
  if (format === 'sha1') return record.files;
  const unchanged = [...record.files].flatMap(([path, stamped]) => {
    const file = next.get(path);
    return file && asRecorded(file)?.id === stamped.id
      ? [[path, { ...file, mode: stamped.mode }] as const]
      : [];
  });
  return new Map([...record.files, ...entriesOf(new Map([...unchanged, ...files]), format)]);
}
