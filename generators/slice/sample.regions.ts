import { type Field, filterOf } from './resource.field.ts';
import { bounds, defaultOf, quoted } from './schema.regions.ts';
import { lines, type Region } from './slice.region.ts';

function ordinary({ type, isNullable }: Field): string {
  if (type.kind === 'text') return `sample.text(${bounds(isNullable, type.max)})`;
  if (type.kind === 'enum') return `sample.oneOf(${quoted(type.values)})`;
  return `sample.${type.kind}()`;
}

function sampleOf(field: Field): string {
  if (field.isNullable) return `sample.nullable(${ordinary(field)})`;
  const given = defaultOf(field);
  return given === undefined ? ordinary(field) : `sample.withDefault(${given}, ${ordinary(field)})`;
}

const samples: Region = (fields) => lines(fields, (field) => `  ${field.name}: ${sampleOf(field)},`);

const filters: Region = (fields) =>
  lines(fields.filter(filterOf), (field) => {
    const filter = filterOf(field);
    return `  ${filter?.parameter}: { ${filter?.how}: '${field.name}' },`;
  });

/** Of `test/work-items.samples.ts`. */
export const sampleRegions: readonly Region[] = [samples, filters];
