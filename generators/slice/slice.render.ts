import { createRename, type Names, renameFile } from '../rename/index.ts';
import { templateNames } from '../template/index.ts';
import { type FileTree, textFile, type TreeFile } from '../tree/index.ts';
import { parseFields, templateFieldList } from './field.list.ts';
import { migrationRegions } from './migration.regions.ts';
import type { Field } from './resource.field.ts';
import { sampleRegions } from './sample.regions.ts';
import { schemaRegions } from './schema.regions.ts';
import { type Region, substitute } from './slice.region.ts';
import { statementRegions } from './statement.regions.ts';

const { resource, plural } = templateNames;
const migration = `migrations/0001-${plural}.sql`;

/** What of the slice depends on its fields; all else is plain renaming. */
const regionsOf: ReadonlyMap<string, readonly Region[]> = new Map([
  [migration, migrationRegions],
  [`src/${plural}/${resource}.fields.ts`, schemaRegions],
  [`src/${plural}/${plural}.statements.ts`, statementRegions],
  [`test/${plural}.samples.ts`, sampleRegions],
]);

/** Whether a file of the template's service belongs to its slice. */
export const isOfSlice = (path: string): boolean =>
  path === migration || path.startsWith(`src/${plural}/`) || path.startsWith(`test/${plural}.`);

export interface Slice {
  /** The folder of the template's service; what isn't its slice is left out. */
  readonly template: FileTree;
  /** Of the service that gets the slice, and of its resource. */
  readonly names: Names;
  /** By default the template's own. */
  readonly fields?: readonly Field[];
  /** Four digits. */
  readonly migrationNumber: string;
  /** Lays out a text as prettier does under the workspace's configuration. */
  readonly format: (path: string, text: string) => Promise<string> | string;
}

/**
 * The files of a resource, relative to the folder of its service. Nothing is written.
 * @throws Error with a sentence for the user when the names can't be used.
 */
export async function renderSlice({
  template,
  names,
  migrationNumber,
  format,
  ...slice
}: Slice): Promise<FileTree> {
  const rename = createRename(templateNames, names);
  const from = parseFields(templateFieldList);
  const substitution = { from, to: slice.fields ?? from, rename };
  const files = await Promise.all(
    [...template]
      .filter(([path]) => isOfSlice(path))
      .map(async ([path, file]): Promise<[string, TreeFile]> => {
        const regions = regionsOf.get(path);
        const target = rename(path.replace(migration, migration.replace('0001', migrationNumber)));
        if (regions === undefined && !path.endsWith('.ts')) {
          return [target, renameFile(file, rename)];
        }
        const text = substitute(file.contents.toString(), regions ?? [], substitution);
        return [target, textFile(target.endsWith('.ts') ? await format(target, text) : text)];
      }),
  );
  return new Map(files);
}
