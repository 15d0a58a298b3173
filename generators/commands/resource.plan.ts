import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Names } from '../rename/index.ts';
import {
  documentSlice,
  type Field,
  nextMigration,
  refuseSlice,
  registerSlice,
  renderSlice,
} from '../slice/index.ts';
import { formatOf } from '../stamp/index.ts';
import { templateNames, type Template } from '../template/index.ts';
import { readTree, textFile, type FileTree, type TreeFile } from '../tree/index.ts';
import { type FolderChanges, Refusal } from '../workspace/index.ts';

const wiring = 'src/app.module.ts';
const readme = 'README.md';

const textAt = (tree: FileTree, path: string): string => tree.get(path)?.contents.toString() ?? '';

/** The files below a folder, as they are called in it. */
const within = (tree: FileTree, folder: string): FileTree =>
  new Map(
    [...tree].flatMap(([path, file]) => (path.startsWith(folder) ? [[path.slice(folder.length), file]] : [])),
  );

/**
 * What another resource changes in a service.
 * @throws Refusal when the service has one of that name, or can't be extended
 */
export async function planResource(
  root: string,
  template: Template,
  names: Names,
  fields: readonly Field[],
): Promise<FolderChanges> {
  const folder = `apps/${names.service}/`;
  const there = join(root, folder);
  const service = readTree(there, globSync(['{migrations,src,test}/**', readme], { cwd: there }));
  const refusal = refuseSlice(service, names);
  if (refusal !== undefined) throw new Refusal(refusal);
  const format = formatOf(readTree(root, ['.prettierrc.json']));
  const own = within(template.files, `apps/${templateNames.service}/`);
  const slice = await renderSlice({
    template: own,
    names,
    fields,
    migrationNumber: nextMigration(service.keys()),
    format,
  });
  const edited = await Promise.all(
    [
      [wiring, registerSlice(textAt(service, wiring), names)] as const,
      [readme, documentSlice(textAt(service, readme), textAt(own, readme), { names, fields })] as const,
    ]
      .filter(([path, text]) => text !== textAt(service, path))
      .map(async ([path, text]) => [path, textFile(await format(path, text))] as const),
  );
  const files = [...slice, ...edited];
  return {
    write: new Map(files.map(([path, file]) => [`${folder}${path}`, file])),
    seen: new Map<string, TreeFile | undefined>(
      files.map(([path]) => [`${folder}${path}`, service.get(path)]),
    ),
  };
}
