import { blobId, ImportStream } from '../git/git.objects.ts';
import { git, runGit, type GitCall } from '../git/git.program.ts';
import type { UpdatePlan } from '../plan/update.plan.ts';

/** Puts into the repository what its index and the report will name. */
export function importObjects({ workspace, writes, unmerged, shown }: UpdatePlan): void {
  const stream = new ImportStream();
  const written = [...writes.values()].flatMap((file) => file?.contents ?? []);
  for (const contents of [...written, ...unmerged.map((file) => file.contents), ...shown])
    stream.blob(contents);
  stream.run({ cwd: workspace.root });
}

/** Lines for `git update-index --index-info`: what goes comes first, since a folder may become a file. */
function indexLines({ workspace, writes, unmerged }: UpdatePlan, withStages: boolean): string {
  const { prefix, format } = workspace;
  const conflicts = withStages ? unmerged : [];
  const inConflict = new Set(conflicts.map(({ path }) => path));
  const none = blobId(Buffer.alloc(0), format).replaceAll(/./g, '0');
  const gone = [...[...writes].filter(([, file]) => !file).map(([path]) => path), ...inConflict];
  const merged = [...writes].flatMap(([path, file]) =>
    file && !inConflict.has(path)
      ? [`${file.mode} ${blobId(file.contents, format)} 0\t${prefix}${path}\0`]
      : [],
  );
  const stages = conflicts.map(({ path, stage, mode, id }) => `${mode} ${id} ${stage}\t${prefix}${path}\0`);
  return [...gone.map((path) => `0 ${none} 0\t${prefix}${path}\0`), ...merged, ...stages].join('');
}

/** Brings another index to what the workspace will be; files in conflict hold their marks. */
export function fillIndex(plan: UpdatePlan, call: GitCall): void {
  git(['read-tree', 'HEAD'], call);
  git(['update-index', '-z', '--index-info'], { ...call, input: indexLines(plan, false) });
}

/** Stages the update as `git merge --no-commit` does: conflicts as unmerged, all else ready to be committed. */
export function stageUpdate(plan: UpdatePlan): void {
  const call = { cwd: plan.workspace.root };
  git(['update-index', '-z', '--index-info'], { ...call, input: indexLines(plan, true) });
  // It says which files are unmerged, by its status too.
  runGit(['update-index', '-q', '--refresh'], call);
}

/** Takes that back; before, the index was as the last commit. */
export const unstageUpdate = ({ workspace }: UpdatePlan): void =>
  void runGit(['reset', '--quiet'], { cwd: workspace.root });
