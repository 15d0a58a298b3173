import { createRename, type Names, parseNames } from '../rename/index.ts';
import { templateNames } from '../template/index.ts';
import type { FileTree } from '../tree/index.ts';

const migration = /^migrations\/(\d{4})-(.+)\.sql$/;
const lastNumber = 9_999;

/**
 * The next four digits for a migration.
 * @param paths of a service's files, relative to its folder
 * @throws Error with a sentence for the user when there is none
 */
export function nextMigration(paths: Iterable<string>): string {
  const numbers = [...paths].map((path) => Number(migration.exec(path)?.[1] ?? 0));
  const next = Math.max(0, ...numbers) + 1;
  if (next > lastNumber) {
    throw new Error(`The migration ${lastNumber} is the last. Start a new service, or number them anew.`);
  }
  return String(next).padStart(4, '0');
}

/** Everything by which a resource is known in its service. */
function claims(names: Names): { what: string; found: (path: string, text: string) => boolean }[] {
  const rename = createRename(templateNames, names);
  const [folder, table, route, module] = [
    'src/work-items/',
    'work_items',
    '/v1/work-items',
    'WorkItemsModule',
  ].map(rename);
  const schemas = ['WorkItem', 'WorkItemDraft', 'WorkItemPatch', 'WorkItemPage'].map(rename);
  const { plural } = parseNames(names);
  const createsTable = new RegExp(
    String.raw`\bcreate\s+(?:unlogged\s+)?(?:table|view|materialized\s+view)\s+(?:if\s+not\s+exists\s+)?(?:\w+\.)?"?${table}\b`,
    'i',
  );
  return [
    { what: `the folder ${folder}`, found: (path) => path.startsWith(folder ?? '') },
    { what: `a migration for ${plural}`, found: (path) => migration.exec(path)?.[2] === plural },
    { what: `tests of ${plural}`, found: (path) => path.startsWith(`test/${plural}.`) },
    { what: `the table ${table}`, found: (path, text) => migration.test(path) && createsTable.test(text) },
    { what: `the route ${route}`, found: (path, text) => isSource(path) && quotes(text, route) },
    {
      what: `the class ${module}`,
      found: (path, text) => isSource(path) && text.includes(`class ${module} `),
    },
    ...schemas.map((schema) => ({
      what: `the schema ${schema}`,
      found: (path: string, text: string) =>
        isSource(path) && new RegExp(`\\bid: ['"\`]${schema}['"\`]`).test(text),
    })),
  ];
}

const isSource = (path: string): boolean => /^src\/.*\.ts$/.test(path);
const quotes = (text: string, word = ''): boolean =>
  ["'", '"', '`'].some((mark) => text.includes(mark + word + mark));

/**
 * Why a service can't get a resource, in two sentences for the user; undefined when it can.
 * @param service its files, relative to its folder
 * @throws Error with a sentence for the user when the names can't be used at all
 */
export function refuseSlice(service: FileTree, names: Names): string | undefined {
  const files = [...service].map(([path, { contents }]) => ({ path, text: contents.toString() }));
  for (const { what, found } of claims(names)) {
    const file = files.find(({ path, text }) => found(path, text));
    if (file !== undefined) {
      return `${names.service} has ${what} already: see ${file.path}. Choose another name for the resource.`;
    }
  }
  return undefined;
}
