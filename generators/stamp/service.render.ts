import type { Answers, ServiceAnswers } from '../answers/index.ts';
import type { FileTree, TreeFile } from '../tree/index.ts';
import type { Template } from '../template/index.ts';
import { formatChanged, formatOf } from './formatted.tree.ts';
import { copyService } from './service.files.ts';
import { registerService } from './service.registration.ts';

/**
 * What another service adds to a workspace that is there: its own folders, and the shared files that have to know of it, with
 * whatever the user has made of them.
 * @param workspace at least its `k8s` and `.prettierrc.json`
 * @throws Error that names the file that the service can't be registered in
 */
export async function renderService(
  template: Template,
  workspace: FileTree,
  answers: Answers,
  service: ServiceAnswers,
): Promise<FileTree> {
  const copies = copyService(template.files, answers, service);
  const own = [...copies].map(([path, { file }]) => [path, file] as const);
  const registered = registerService(new Map([...workspace, ...own]), service);
  const changed = [...registered].filter(([path, file]) => workspace.get(path) !== file);
  const isUntouched = (path: string, file: TreeFile): boolean =>
    copies.get(path)?.original.contents.equals(file.contents) ?? false;
  return formatChanged(new Map(changed), isUntouched, formatOf(workspace));
}
