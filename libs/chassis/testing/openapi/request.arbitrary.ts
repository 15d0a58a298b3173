import type { SchemaObject } from 'ajv';
import * as fc from 'fast-check';
import { type ApiDocument, type Operation, operationsOf } from './api.document.ts';
import { junk, junkText, nearlyValid, valid } from './schema.arbitrary.ts';

/** One generated request; what depends on earlier answers is chosen when it is sent. */
export interface GeneratedRequest {
  operationId: string;
  /** A resource seen before, by number, or this text. */
  id: number | string;
  /** `known` is the ETag of the resource seen before. */
  preconditions: Readonly<Record<string, string | undefined>>;
  query: string;
  contentType: string | null;
  body: string | null;
  hasKey: boolean;
}

const tags = fc.oneof(
  { weight: 4, arbitrary: fc.constant('known') },
  fc.constantFrom('*', '"unknown"', 'W/"known"', '"a", "b"', '', ',', '"', 'known, *', '"'.repeat(100)),
  fc.string({ minLength: 1, maxLength: 20 }).filter((value) => /^[\x21-\x7e]+$/.test(value)),
);
const ids = fc.oneof(
  { weight: 5, arbitrary: fc.nat({ max: 1_000 }) },
  fc.uuid(),
  junkText.map((value) => encodeURIComponent(value).slice(0, 300) || '-'),
);
const contentTypes = fc.oneof(
  { weight: 9, arbitrary: fc.constant('application/json') },
  fc.constantFrom('application/merge-patch+json', 'text/plain', 'application/json; charset=latin1', null),
);

/** Requests to all operations of a document: right ones, slightly wrong ones and nonsense. */
export function requests(document: ApiDocument): fc.Arbitrary<GeneratedRequest> {
  return fc.oneof(...operationsOf(document).map((operation) => requestsTo(document, operation)));
}

function requestsTo(document: ApiDocument, operation: Operation): fc.Arbitrary<GeneratedRequest> {
  const { operationId = '', method, parameters = [], requestBody } = operation;
  const schema = requestBody?.content['application/json']?.schema;
  const headers = parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const none = fc.constant(null);
  const right = fc.record<GeneratedRequest>({
    operationId: fc.constant(operationId),
    id: fc.oneof(fc.nat({ max: 1_000 }), fc.uuid()),
    preconditions:
      method === 'get' || headers.length === 0 ? fc.constant({}) : fc.constantFrom(...headers).map(meant),
    query: fc.constant(''),
    contentType: schema === undefined ? none : fc.constant('application/json'),
    body: schema === undefined ? none : valid(document, schema).map((value) => JSON.stringify(value)),
    hasKey: fc.constant(true),
  });
  const any = fc.record<GeneratedRequest>({
    operationId: fc.constant(operationId),
    id: ids,
    preconditions: fc.record(Object.fromEntries(headers.map((name) => [name, tags])), { requiredKeys: [] }),
    query: queries(document, query),
    contentType: schema === undefined ? none : contentTypes,
    body: schema === undefined ? none : bodies(document, schema),
    hasKey: fc.integer({ min: 0, max: 29 }).map((n) => n > 0),
  });
  return fc.oneof(right, { weight: 2, arbitrary: any });
}

/** What a caller means who sends one precondition with a change: this version, or only if it isn't there. */
function meant(name: string): Record<string, string> {
  return { [name]: name === 'If-None-Match' ? '*' : 'known' };
}

function bodies(document: ApiDocument, schema: SchemaObject): fc.Arbitrary<string | null> {
  return fc.oneof(
    { weight: 5, arbitrary: valid(document, schema).map((value) => JSON.stringify(value)) },
    { weight: 3, arbitrary: nearlyValid(document, schema).map((value) => JSON.stringify(value)) },
    junk.map((value) => JSON.stringify(value)),
    fc.string({ maxLength: 30 }),
    fc.constant(null),
  );
}

type Parameter = NonNullable<Operation['parameters']>[number];

function queries(document: ApiDocument, parameters: readonly Parameter[]): fc.Arbitrary<string> {
  const names = [...parameters.map(({ name }) => name), 'unknown', '__proto__'];
  const wrong = fc.tuple(fc.constantFrom(...names), junkText).map(([name, value]) => [name, value] as const);
  const right = fc.oneof(
    fc.constant(null),
    ...parameters.map(({ name, schema }) =>
      valid(document, schema).map((value) => [name, String(value)] as const),
    ),
  );
  return fc
    .tuple(fc.array(right, { maxLength: 2 }), fc.option(wrong, { freq: 3 }))
    .map(([some, other]) => [...some, other].filter((pair) => pair !== null))
    .map((pairs) =>
      pairs.map((pair) => pair.map((part) => encodeURIComponent(part.toWellFormed())).join('=')).join('&'),
    );
}
