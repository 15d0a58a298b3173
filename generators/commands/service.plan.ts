import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  answersFile,
  type Answers,
  type Recorded,
  type ServiceAnswers,
  writeAnswers,
} from '../answers/index.ts';
import { blobId, pristinePath, recordFile, recordOf, writeRecord } from '../merge/index.ts';
import {
  formatOf,
  renderService,
  renderTables,
  renderWorkspace,
  tablesMissing,
  workspaceGlobs,
  workspaceLock,
} from '../stamp/index.ts';
import type { Template } from '../template/index.ts';
import { readTree, textFile, type FileTree, type TreeFile } from '../tree/index.ts';
import type { FolderChanges } from '../workspace/index.ts';
import { tablesCure } from './complete.tree.ts';

// What a further service is registered in, and what the truth tables and the lock file are made from.
const patterns = [
  'k8s/**',
  'libs/local-stack/src/identities/sql/**',
  'test/{network,access}/tables/*.md',
  'package.json',
  'package-lock.json',
  '.prettierrc.json',
  answersFile,
  recordFile,
];

/** A change of a folder, and what the user still has to do, in sentences. */
export interface Plan {
  readonly changes: FolderChanges;
  readonly remarks: readonly string[];
}

/**
 * What another service changes in a workspace.
 * @throws Error that names the file that the service can't be registered in
 */
export async function planService(
  root: string,
  template: Template,
  { answers, version }: Recorded,
  service: ServiceAnswers,
): Promise<Plan> {
  const before = readTree(root, globSync([...patterns, ...packageFiles(root)], { cwd: root }));
  const wider: Answers = { ...answers, services: [...answers.services, service] };
  const rendered = await renderService(template, before, wider, service);
  const remarks: string[] = [];
  const write = new Map([...rendered, ...lockFile(before, rendered, remarks)]);
  for (const [path, file] of await tables(new Map([...before, ...write]), remarks)) write.set(path, file);
  const answered = writeAnswers({ version, answers: wider }, textOf(before, answersFile));
  write.set(answersFile, textFile(await formatOf(before)(answersFile, answered)));
  for (const [path, file] of await records(template, wider, before, write)) write.set(path, file);
  const seen = new Map<string, TreeFile | undefined>(
    [...write.keys()].map((path) => [path, before.get(path)]),
  );
  return { changes: { write, seen }, remarks };
}

/** Also those of workspaces that the user has added: without them the lock file would lose what they need. */
const packageFiles = (root: string): string[] =>
  workspaceGlobs(readFileSync(join(root, 'package.json'), 'utf8')).map((glob) => `${glob}/package.json`);

const textOf = (tree: FileTree, path: string): string => tree.get(path)?.contents.toString() ?? '';

/** Not there where the workspace's own needs something that the service doesn't come with. */
function lockFile(before: FileTree, rendered: FileTree, remarks: string[]): [string, TreeFile][] {
  const path = 'package-lock.json';
  const [first] = [...before.keys()].flatMap(
    (file) => /^(apps\/[^/]+)\/package\.json$/.exec(file)?.[1] ?? [],
  );
  try {
    return [[path, textFile(workspaceLock(textOf(before, path), new Map([...before, ...rendered]), first))]];
  } catch {
    remarks.push(`${path} was left as it is. Run "npm install" to bring it up to date.`);
    return [];
  }
}

async function tables(workspace: FileTree, remarks: string[]): Promise<FileTree> {
  const missing = tablesMissing();
  if (missing === undefined) return renderTables(workspace);
  remarks.push(tablesCure(missing));
  return new Map();
}

/** The new record; of each file that the user had edited, the version that an update will merge from. */
async function records(
  template: Template,
  answers: Answers,
  before: FileTree,
  write: FileTree,
): Promise<FileTree> {
  // In the repository of the template nothing was stamped.
  if (!before.has(recordFile)) return new Map();
  const stamped = await renderWorkspace(template, answers);
  const edited = [...write].flatMap(([path, file]): [string, TreeFile][] => {
    const pristine = stamped.get(path);
    return pristine && before.has(path) && !pristine.contents.equals(file.contents)
      ? [[pristinePath(blobId(pristine.contents)), { ...pristine, mode: '100644' }]]
      : [];
  });
  const record = textFile(writeRecord(recordOf(template.version, stamped)));
  return new Map([...edited, [recordFile, record]]);
}
