import { spellings } from './field.types.ts';
import { fill } from './line.filling.ts';
import { type Field, filterOf } from './resource.field.ts';
import { lines, type Region } from './slice.region.ts';

const selected = ({ name, column }: Field): string => (name === column ? column : `${column} as "${name}"`);

const columns: Region = (fields) => `id, ${fill(fields.map(selected), 2, 'const columns = `id,'.length)},\n`;

const values: Region = (fields) => lines(fields, ({ name }) => `  draft.${name},`);

/** Columns and their values, behind `insert into` a table. */
const inserted = (names: readonly string[]): string => {
  const places = names.map((_, index) => `$${index + 1}`);
  return `    (${fill(names, 5, 5)})\n  values (${fill(places, 10, 10)})\n`;
};

const columnsOf = (fields: readonly Field[]): string[] => fields.map(({ column }) => column);

const insert: Region = (fields) => inserted(columnsOf(fields));
const insertOnce: Region = (fields) => inserted(['id', ...columnsOf(fields)]);

// Behind the id and the versions.
const replace: Region = (fields) =>
  `  set ${fill(
    fields.map(({ column }, index) => `${column} = $${index + 3}`),
    4,
    6,
  )},\n`;

// Behind the id, the versions and the names of the fields.
const patch: Region = (fields) =>
  lines(fields, ({ name, column }, index) => {
    const [start, cast] = index === 0 ? ['  set ', '::text[]'] : ['    ', ''];
    return `${start}${column} = case when '${name}' = any ($3${cast}) then $${index + 4} else ${column} end,`;
  });

const filters: Region = (fields, rename) => {
  const taken = fields.flatMap((field) => filterOf(field)?.parameter ?? []).map((name) => `filter.${name}`);
  const filter = `(filter: ${rename('WorkItemFilter')})`;
  return taken.length === 0
    ? `filtersOf: ${filter} => unknown[] = () => []`
    : `filtersOf = ${filter} => [${taken.join(', ')}]`;
};

// Behind the position and the size.
const conditions: Region = (fields) =>
  lines(fields.filter(filterOf), (field, index) => {
    const place = `$${index + 4}`;
    const sql = spellings[field.type.kind].sql.replace(/ \(.*\)$/, '');
    const operator = filterOf(field)?.how === 'before' ? '<' : '=';
    return `    and (${place}::${sql} is null or ${field.column} ${operator} ${place})`;
  });

/** Of `src/work-items/work-items.statements.ts`. */
export const statementRegions: readonly Region[] = [
  columns,
  values,
  insert,
  insertOnce,
  replace,
  patch,
  filters,
  conditions,
];
