import type { SchemaObject } from 'ajv';

/** As much of an OpenAPI 3.1 document as the checks look at. */
export interface ApiDocument {
  openapi: string;
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, SchemaObject> };
}

type Content = Record<string, { schema?: SchemaObject; examples?: Record<string, { value: unknown }> }>;

interface OperationObject {
  operationId?: string;
  parameters?: { name: string; in: string; required?: boolean; schema: SchemaObject }[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
}

export interface Operation extends OperationObject {
  method: string;
  path: string;
}

/** The document that a service serves. */
export async function fetchDocument({ url }: { url: string }): Promise<ApiDocument> {
  const response = await fetch(`${url}/openapi.json`);
  if (!response.ok) {
    throw new Error(`the document can't be had: ${response.status} ${await response.text()}`);
  }
  return (await response.json()) as ApiDocument;
}

export function operationsOf(document: ApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, method, path })),
  );
}

/** Follows a reference inside the document. */
export function resolve(document: ApiDocument, schema: SchemaObject): SchemaObject {
  const name = /^#\/components\/schemas\/(\w+)$/.exec(String(schema['$ref']))?.[1];
  return name === undefined ? schema : (document.components.schemas[name] ?? {});
}
