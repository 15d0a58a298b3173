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
const withChanges: ProblemCode[] = ['outcome_unknown'];
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
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...problemComponent() },
  };
  for (const { method, operation } of operationsOf(document)) {
    addCommonProblems(operation, method);
    if (method === 'patch') {
      addMergePatch(operation);
    }
  }
  return document;
}

interface OperationObject {
  parameters?: unknown[];
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, unknown>;
}

function operationsOf(document: OpenAPIObject): { method: string; operation: OperationObject }[] {
  return Object.values(document.paths)
    .flatMap((item) => Object.entries(item))
    .filter(([, value]) => typeof value === 'object' && 'responses' in value)
    .map(([method, operation]) => ({ method, operation: operation as OperationObject }));
}

/** RFC 7396 has a media type of its own; callers may name either. */
function addMergePatch({ requestBody }: OperationObject): void {
  if (requestBody !== undefined) {
    requestBody.content['application/merge-patch+json'] = requestBody.content['application/json'];
  }
}

function addCommonProblems(operation: OperationObject, method: string): void {
  const common = [
    ...everyOperation,
    ...(method === 'get' ? [] : withChanges),
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
  const components = Object.entries($defs).map(
    ([name, { id: _id, ...definition }]) => [name, definition] as const,
  );
  return { schema: inline, components: Object.fromEntries(components) };
}

function problemComponent(): NonNullable<OpenAPIObject['components']>['schemas'] {
  return convert(problemSchema, 'output').components as NonNullable<OpenAPIObject['components']>['schemas'];
}
