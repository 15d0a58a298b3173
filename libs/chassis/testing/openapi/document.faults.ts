import { Validator } from '@seriousme/openapi-schema-validator';
import { AnswerChecker } from './answer.checker.ts';
import { type ApiDocument, type Operation, operationsOf } from './api.document.ts';

const problemType = 'application/problem+json';

/** What is wrong with a document: not valid OpenAPI 3.1, or less than callers need to generate a client. */
export async function documentFaults(document: ApiDocument): Promise<string[]> {
  const { valid, errors } = await new Validator().validate({ ...structuredClone(document) });
  const operations = operationsOf(document);
  const ids = operations.map(({ operationId }) => operationId);
  return [
    ...(valid ? [] : [`not valid: ${JSON.stringify(errors)}`]),
    ...(document.openapi.startsWith('3.1.') ? [] : [`not OpenAPI 3.1: ${document.openapi}`]),
    ...(operations.length > 0 ? [] : ['no operations']),
    ...ids.filter((id, at) => id === undefined || ids.indexOf(id) !== at).map((id) => `operationId ${id}`),
    ...operations.flatMap(undescribedProblems),
    ...mismatchedExamples(document, operations),
  ];
}

function undescribedProblems({ operationId, responses }: Operation): string[] {
  return Object.entries(responses)
    .filter(([status]) => Number(status) >= 400)
    .filter(([, { content }]) => content?.[problemType]?.schema?.['$ref'] !== '#/components/schemas/Problem')
    .map(([status]) => `${operationId} ${status} shows no problem`);
}

function mismatchedExamples(document: ApiDocument, operations: readonly Operation[]): string[] {
  const checker = new AnswerChecker(document);
  return operations.flatMap(({ operationId, method, path, requestBody, responses }) => {
    const bodies = [
      { place: ['requestBody'], content: requestBody?.content },
      ...Object.entries(responses).map(([status, { content }]) => ({
        place: ['responses', status],
        content,
      })),
    ];
    return bodies.flatMap(({ place, content = {} }) =>
      Object.entries(content).flatMap(([type, { examples = {} }]) =>
        Object.entries(examples).flatMap(([name, { value }]) =>
          checker
            .validate(['paths', path, method, ...place, 'content', type], JSON.stringify(value))
            .map((fault) => `${operationId} example ${name}: ${fault}`),
        ),
      ),
    );
  });
}
