import { applyDecorators, HttpCode } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import type { ProblemCode } from '../problems/index.ts';
import { problemAnswers } from '../documentation/problem.answers.ts';

const answerHeaders = {
  ETag: { description: 'Version of the resource, for If-Match', schema: { type: 'string' as const } },
  Location: { description: 'Where the new resource is', schema: { type: 'string' as const } },
};

const requestHeaders = {
  'If-Match': 'ETag of the version that the change is meant for',
  'If-None-Match': 'With GET an ETag that is already known, with PUT * to create only',
};

export interface Answer {
  description: string;
  /** Shape of the body; also compiled into its serialiser, so that nothing else gets out. */
  schema?: z.ZodType;
  headers?: readonly (keyof typeof answerHeaders)[];
}

export interface OperationContract {
  summary: string;
  /** By status; the smallest is the handler's default. */
  answers: Readonly<Record<number, Answer>>;
  /** What this operation can go wrong with beyond what every operation can. */
  problems?: readonly ProblemCode[];
  requestHeaders?: readonly (keyof typeof requestHeaders)[];
}

/** Declares one operation once: status, serialiser and documentation come from it. */
export function Operation(contract: OperationContract): MethodDecorator {
  const answers = Object.entries(contract.answers);
  return applyDecorators(
    HttpCode(Number(answers[0]?.[0])),
    RouteSchema({ response: Object.fromEntries(answers.flatMap(serialiser)) }),
    ApiOperation({ summary: contract.summary }),
    ...(contract.requestHeaders ?? []).map((name) =>
      ApiHeader({ name, description: requestHeaders[name], required: false, schema: { type: 'string' } }),
    ),
    ...answers.map(([status, { description, schema, headers = [] }]) =>
      ApiResponse({
        status: Number(status),
        description,
        ...(schema !== undefined && { standardSchema: schema }),
        headers: Object.fromEntries(headers.map((name) => [name, answerHeaders[name]])),
      }),
    ),
    ...problemAnswers(contract.problems ?? []).map((answer) => ApiResponse(answer)),
  );
}

/** Inlined and in the dialect whose `nullable` the serialiser compiles without a validator. */
function serialiser([status, { schema }]: [string, Answer]): [string, object][] {
  if (schema === undefined) {
    return [];
  }
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: 'output',
    target: 'openapi-3.0',
    metadata: z.registry(),
  });
  return [[status, json]];
}
