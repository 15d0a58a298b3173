import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { apiKeyHeader } from '../admission/authentication.ts';
import { type ProblemCode, problemSchema } from '../problems/index.ts';
import { problemAnswers } from './problem.answers.ts';

export interface DocumentInformation {
  title: string;
  description: string;
  version: string;
}

const everyOperation: ProblemCode[] = [
  'malformed_request',
  'unauthenticated',
  'rate_limited',
  'headers_too_large',
  'internal_error',
  'overloaded',
  'database_unavailable',
];
const withParameters: ProblemCode[] = ['invalid_parameter', 'path_too_long'];
const withBody: ProblemCode[] = [
  'malformed_body',
  'request_timeout',
  'body_too_large',
  'unsupported_media_type',
  'validation_failed',
];

/** The OpenAPI 3.1 document of all routes, every problem answer included. */
export function openApiDocument(app: INestApplication, information: DocumentInformation): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(information.title)
    .setDescription(information.description)
    .setVersion(information.version)
    .addApiKey({ type: 'apiKey', in: 'header', name: apiKeyHeader }, 'apiKey')
    .addSecurityRequirements('apiKey');
  const document = SwaggerModule.createDocument(app, builder.build(), {
    standardSchemaConverter: (schema, { schemaType }) => convert(schema as z.ZodType, schemaType),
    operationIdFactory: (_controller, method) => method,
  });
  document.components = { ...document.components, schemas: { ...document.components?.schemas, ...problemComponent() } };
  for (const operation of operationsOf(document)) {
    addCommonProblems(operation);
  }
  return document;
}

interface OperationObject {
  parameters?: unknown[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
}

function operationsOf(document: OpenAPIObject): OperationObject[] {
  return Object.values(document.paths).flatMap((item) =>
    Object.values(item).filter((value): value is OperationObject => typeof value === 'object' && 'responses' in value),
  );
}

function addCommonProblems(operation: OperationObject): void {
  const common = [
    ...everyOperation,
    ...((operation.parameters ?? []).length > 0 ? withParameters : []),
    ...(operation.requestBody === undefined ? [] : withBody),
  ];
  for (const { status, ...answer } of problemAnswers(common)) {
    operation.responses[status] ??= answer;
  }
}

/** Named schemas (`.meta({ id })`) become components; the dialect is that of OpenAPI 3.1. */
function convert(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _, $defs = {}, ...inline } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  const id = z.globalRegistry.get(schema)?.id;
  const components = Object.fromEntries(Object.entries($defs).map(([name, definition]) => [name, withoutId(definition)]));
  return id === undefined
    ? { schema: inline, components }
    : { schema: { $ref: `#/components/schemas/${id}` }, components: { ...components, [id]: withoutId(inline) } };
}

function problemComponent() {
  return convert(problemSchema, 'output').components as Record<string, object>;
}

function withoutId({ id: _, ...definition }: { id?: string | undefined }): object {
  return definition;
}
