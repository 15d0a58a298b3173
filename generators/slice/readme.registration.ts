import { createRename, type Names } from '../rename/index.ts';
import { templateNames } from '../template/index.ts';
import { parseFields, templateFieldList } from './field.list.ts';
import { type Field, filterOf } from './resource.field.ts';
import { type Region, substitute } from './slice.region.ts';

/** The parameters of the list, in the template's row of it. */
const parameters: Region = (fields) =>
  [...fields.flatMap((field) => filterOf(field)?.parameter ?? []), 'limit']
    .map((name) => `\`${name}\``)
    .join(', ');

const row = (route: string): RegExp => new RegExp(String.raw`^\| *\`[A-Z]+ ${route}(?![\w-]).*\n`, 'gm');

/**
 * A service's README.md with the requests of a resource in its table of requests, behind the others. The result wants
 * formatting. Unchanged when they are there, or when there is no such table: then the text is no longer ours.
 * @param template the README.md of the template's service
 */
export function documentSlice(
  readme: string,
  template: string,
  { names, fields }: { readonly names: Names; readonly fields: readonly Field[] },
): string {
  const rename = createRename(templateNames, names);
  const route = `/v1/${templateNames.plural}`;
  const last = [...readme.matchAll(row('/v1/[a-z0-9-]+'))].at(-1);
  if (last === undefined || row(rename(route)).test(readme)) return readme;
  const rows = (template.match(row(route)) ?? []).join('');
  const written = substitute(rows, [parameters], {
    from: parseFields(templateFieldList),
    to: fields,
    rename,
  });
  const end = last.index + last[0].length;
  return readme.slice(0, end) + written + readme.slice(end);
}
