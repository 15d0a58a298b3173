import { spellings } from './field.types.ts';
import { type Field, filterOf } from './resource.field.ts';
import { lines, type Region } from './slice.region.ts';

/** What the schema checks too, for whoever writes past it. */
function checkOf({ column, type, isNullable }: Field): string {
  if (type.kind === 'text') {
    const length = isNullable ? `<= ${type.max}` : `between 1 and ${type.max}`;
    return ` check (char_length(${column}) ${length})`;
  }
  if (type.kind === 'enum') {
    return ` check (${column} in (${type.values.map((value) => `'${value}'`).join(', ')}))`;
  }
  return '';
}

const columns: Region = (fields) =>
  lines(fields, (field) => {
    const { column, type, isNullable } = field;
    return `  ${column} ${spellings[type.kind].sql}${isNullable ? '' : ' not null'}${checkOf(field)},`;
  });

/** The same order as the list's where one value is asked for. */
const indexes: Region = (fields, rename) => {
  const by = (how: string) => fields.filter((field) => filterOf(field)?.how === how);
  const create = `create index on ${rename('work_items')}`;
  const comment =
    '-- Serves a date that few or no items are before; with many, the index by age finds a page sooner.\n';
  return [
    lines(by('equals'), ({ column }) => `${create} (${column}, created_at desc, id desc);`),
    by('before').length > 0 ? comment : '',
    lines(by('before'), ({ column }) => `${create} (${column});`),
  ].join('');
};

/** Of `migrations/0001-work-items.sql`. */
export const migrationRegions: readonly Region[] = [columns, indexes];
