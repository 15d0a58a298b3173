import type { SchemaObject } from 'ajv';
import * as fc from 'fast-check';
import { type ApiDocument, resolve } from './api.document.ts';

/** Text that has broken parsers, databases and serialisers before. */
const nastyText = fc.constantFrom(
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udfff\ud800',
  '\u202e\u0000',
  '🏳️‍🌈'.repeat(50),
  'x'.repeat(5_000),
  '__proto__',
  "'; drop table x; --",
  '${7*7}',
  '%00',
  '2023-02-29',
  '0000-01-01',
  '+275760-09-13',
  '00000000-0000-0000-0000-000000000000',
);

/** Anything JSON can say, and some of it twice. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(null, true, -1, 1e308, -0, 0.1, Number.MAX_SAFE_INTEGER + 2, [], {}, [[]], {
    a: {},
  }),
);

/** The same as text, for places that hold nothing else. */
export const junkText = junk.map((value) =>
  (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed(),
);

const day = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
const byFormat: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uuid: fc.uuid(),
  date: day.map((date) => date.toISOString().slice(0, 10)),
  'date-time': day.map((date) => date.toISOString()),
};

/** Values that a JSON Schema of the document allows. */
export function valid(document: ApiDocument, reference: SchemaObject): fc.Arbitrary<unknown> {
  const schema = resolve(document, reference);
  const variants = (schema['anyOf'] ?? schema['oneOf']) as SchemaObject[] | undefined;
  if (variants !== undefined) {
    return fc.oneof(...variants.map((variant) => valid(document, variant)));
  }
  if (Array.isArray(schema['type'])) {
    return fc.oneof(...schema['type'].map((type: unknown) => valid(document, { ...schema, type })));
  }
  if (schema['enum'] !== undefined) {
    return fc.constantFrom(...(schema['enum'] as unknown[]));
  }
  switch (schema['type']) {
    case 'string':
      return text(schema);
    case 'integer':
      return fc.integer({ min: schema['minimum'] as number, max: schema['maximum'] as number });
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valid(document, schema['items'] as SchemaObject), { maxLength: 5 });
    case 'object':
      return record(document, schema);
    default:
      throw new Error(`no values are known for the schema ${JSON.stringify(schema)}`);
  }
}

/** Values that are almost allowed: one field is missing, unknown or of another kind. */
export function nearlyValid(document: ApiDocument, reference: SchemaObject): fc.Arbitrary<unknown> {
  const fields = Object.keys((resolve(document, reference)['properties'] as object | undefined) ?? {});
  return fc
    .tuple(
      valid(document, reference),
      fc.constantFrom(...fields, 'unknown', '__proto__', 'constructor'),
      junk,
    )
    .map(([value, field, other]) => ({ ...(value as object), [field]: other }));
}

function text(schema: SchemaObject): fc.Arbitrary<string> {
  const pattern = new RegExp(String(schema['pattern'] ?? ''), 'u');
  const known = byFormat[String(schema['format'])];
  const minLength = Number(schema['minLength'] ?? 0);
  const maxLength = Math.min(Number(schema['maxLength'] ?? 50), 300);
  const free = fc
    .string({ minLength, maxLength, unit: 'grapheme' })
    .map((value) => value.slice(0, maxLength));
  // What has no length of its own is as good as its pattern.
  if (known === undefined && schema['pattern'] !== undefined && schema['maxLength'] === undefined) {
    return fc.stringMatching(pattern);
  }
  return (known ?? free).filter((value) => pattern.test(value));
}

function record(document: ApiDocument, schema: SchemaObject): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema['properties'] as Record<string, SchemaObject>);
  return fc.record(
    Object.fromEntries(properties.map(([name, property]) => [name, valid(document, property)])),
    {
      requiredKeys: (schema['required'] as string[] | undefined) ?? [],
    },
  );
}
