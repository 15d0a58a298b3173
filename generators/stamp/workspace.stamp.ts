import { writeAnswers, type Answers, type ServiceAnswers } from '../answers/index.ts';
import type { Template } from '../template/index.ts';
import { textFile, type FileTree, type TreeFile } from '../tree/index.ts';
import { formatChanged, formatOf } from './formatted.tree.ts';
import { testPackageOf, workspacePackage } from './package.files.ts';
import { renameFor } from './workspace.rename.ts';
import { copyService, copyShared } from './service.files.ts';
import { registerFlows, registerService } from './service.registration.ts';
import { TreeDraft } from './tree.draft.ts';
import { workspaceChangelog } from './workspace.changelog.ts';
import { workspaceLock } from './workspace.lock.ts';
import { applyOptions } from './workspace.options.ts';
import { whatIsThere, workspaceReadme } from './workspace.readme.ts';

/**
 * A whole workspace, as it is stamped for some answers: pure, so that an update can render what an older version would have.
 * The truth tables are not among it, since only their evaluators know them.
 */
export async function renderWorkspace(template: Template, answers: Answers): Promise<FileTree> {
  const [first, ...others] = answers.services;
  if (first === undefined) throw new Error('A workspace has at least one service.');
  const copies = new Map([
    ...copyShared(template.files, answers),
    ...answers.services.flatMap((service) => [...copyService(template.files, answers, service)]),
  ]);
  const copied: FileTree = new Map([...copies].map(([path, { file }]) => [path, file]));
  const shared = registerFlows(applyOptions(makeFiles(copied, template, answers, first), answers), first);
  const registered = others.reduce((before, service) => registerService(before, service), shared);
  const lock = template.files.get('package-lock.json')?.contents.toString() ?? '';
  const tree: FileTree = new Map([
    ...registered,
    ['package-lock.json', textFile(workspaceLock(lock, registered))],
  ]);
  const isUntouched = (path: string, file: TreeFile): boolean =>
    copies.get(path)?.original.contents.equals(file.contents) ?? false;
  return formatChanged(tree, isUntouched, formatOf(tree));
}

/** What is made by a function instead of copied. */
function makeFiles(copied: FileTree, template: Template, answers: Answers, first: ServiceAnswers): FileTree {
  const { version, files } = template;
  const draft = new TreeDraft(copied);
  const rename = renameFor(answers, first);
  const original = (path: string): string => rename(files.get(path)?.contents.toString() ?? '');
  draft.add('package.json', workspacePackage(original('package.json'), answers));
  draft.edit('test/package.json', testPackageOf);
  draft.add('CHANGELOG.md', workspaceChangelog(version));
  draft.add('.yo-rc.json', writeAnswers({ version, answers }));
  draft.add('README.md', workspaceReadme(original('README.md'), answers, whatIsThere(draft.tree)));
  return draft.tree;
}
