/** As much of a JSON Schema as an OpenAPI 3.1 document of ours uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  example?: unknown;
  examples?: unknown[];
  minimum?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: '018f4d2e-7c3a-4b5e-9a1f-2c3d4e5f6a7b',
  'date-time': '2030-01-31T12:00:00Z',
  date: '2030-01-31',
  email: 'someone@example.com',
  uri: 'https://example.com/',
};

/**
 * A small value that fits the schema: what the schema itself gives as example, else the least that is required.
 *
 * @param name of the property, which makes a better text than "string"
 * @param resolve finds what a `$ref` means
 */
export function sampleOf(schema: Schema, name: string, resolve: (ref: string) => Schema): unknown {
  if (schema.$ref) return sampleOf(resolve(schema.$ref), name, resolve);
  const given = [schema.example, schema.examples?.[0], schema.const, schema.default, schema.enum?.[0]];
  const said = given.find((value) => value !== undefined);
  if (said !== undefined) return said;
  // Beside a type these only narrow it down.
  const alternative = schema.type ? undefined : (schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0]);
  return alternative ? sampleOf(alternative, name, resolve) : sampleOfType(schema, name, resolve);
}

function sampleOfType(schema: Schema, name: string, resolve: (ref: string) => Schema): unknown {
  switch ([schema.type].flat()[0]) {
    case 'string':
      return FORMATS[schema.format ?? ''] ?? `A first ${name}`;
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'array':
      return [];
    case 'null':
      return null;
    default:
      return sampleObject(schema, resolve);
  }
}

function sampleObject({ required = [], properties = {} }: Schema, resolve: (ref: string) => Schema): unknown {
  return Object.fromEntries(required.map((name) => [name, sampleOf(properties[name] ?? {}, name, resolve)]));
}
