import { spellings } from './field.types.ts';
import { type Field, filterOf } from './resource.field.ts';
import { lines, type Region } from './slice.region.ts';

/** `4_000`, as a long number reads well in TypeScript. */
export const grouped = (length: number): string => String(length).replaceAll(/(?<=\d)(?=(?:\d{3})+$)/g, '_');

/** `['open', 'done']` */
export const quoted = (values: readonly string[]): string =>
  `[${values.map((value) => `'${value}'`).join(', ')}]`;

/** Options of a text: one that must be there must not be empty. */
export const bounds = (isNullable: boolean, max: number): string =>
  `{ ${isNullable ? '' : 'min: 1, '}max: ${grouped(max)} }`;

function schemaOf({ type, isNullable }: Field): string {
  switch (type.kind) {
    case 'text': {
      const text = `text(${bounds(isNullable, type.max)})`;
      return isNullable ? text : String.raw`${text}.regex(/\S/, 'must not be blank')`;
    }
    case 'enum':
      return `z.enum(${quoted(type.values)})`;
    case 'boolean':
      return 'z.boolean()';
    case 'integer':
      return 'z.int32()';
    case 'number':
      return 'z.number()';
    default:
      return spellings[type.kind].schema ?? '';
  }
}

/** A filter has one spelling in the query, and is never null. */
function filterSchemaOf({ name, type: { kind }, isNullable }: Field): string {
  if (kind === 'boolean') return 'queryBoolean';
  if (kind === 'enum') return `fields.${name}${isNullable ? '.unwrap()' : ''}`;
  return spellings[kind].schema ?? '';
}

const imports: Region = (fields) => {
  const written = fields.flatMap((field) => [
    schemaOf(field),
    ...(filterOf(field) ? [filterSchemaOf(field)] : []),
  ]);
  const names = written.map((schema) => /^\w+/.exec(schema)?.[0] ?? '');
  const ofChassis = [...new Set(names.filter((name) => name !== 'z' && name !== 'fields'))].toSorted();
  return [
    ...(ofChassis.length > 0
      ? [`import { ${ofChassis.join(', ')} } from '@secure-backend/chassis/http';\n`]
      : []),
    ...(names.includes('z') ? [`import { z } from 'zod';\n`] : []),
  ].join('');
};

const schemas: Region = (fields) =>
  lines(fields, (field) => `  ${field.name}: ${schemaOf(field)}${field.isNullable ? '.nullable()' : ''},`);

/** `null` where a field may be, what else was given, or nothing. */
export const defaultOf = ({ isNullable, default: given }: Field): string | undefined =>
  isNullable ? 'null' : given;

const defaults: Region = (fields) =>
  lines(
    fields.filter((field) => defaultOf(field) !== undefined),
    (field) => `  ${field.name}: fields.${field.name}.default(${defaultOf(field)}),`,
  );

const filters: Region = (fields) =>
  lines(
    fields.filter(filterOf),
    (field) => `  ${filterOf(field)?.parameter}: ${filterSchemaOf(field)}.optional(),`,
  );

/** Of `src/work-items/work-item.fields.ts`. */
export const schemaRegions: readonly Region[] = [imports, schemas, defaults, filters];
