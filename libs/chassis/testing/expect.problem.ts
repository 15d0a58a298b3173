import { problemCatalogue, type ProblemCode, problemSchema } from '@secure-backend/chassis/http';
import { expect } from 'vitest';

/** An answer, however it was fetched. */
export interface WireAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed or as text. */
  body: unknown;
}

/** Stack frames, paths of files, SQL, names of the framework and its error codes. */
const internals =
  /\bat .+:\d+|\/node_modules\/|\.[cm]?[jt]s\b|\b(?:select|insert|update|delete) .*\b(?:from|into|set)\b|FST_|fastify|nest|postgres/i;

/** Asserts that an answer is this entry of the catalogue, complete and without a word about the service's insides. */
export function expectProblem(answer: WireAnswer, code: ProblemCode): void {
  const { status, title } = problemCatalogue[code];
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  const body = problemSchema.parse(JSON.parse(text));
  const header = (name: string) => [answer.headers[name]].flat()[0];
  expect({ status: answer.status, body }).toMatchObject({
    status,
    body: { type: `urn:problem-type:${code}`, code, status, title },
  });
  expect(header('content-type')).toBe('application/problem+json');
  expect(header('cache-control')).toBe('no-store');
  expect(header('x-content-type-options')).toBe('nosniff');
  expect(body.requestId).toBe(header('x-request-id'));
  expect(text).not.toMatch(internals);
  if (status === 429 || status === 503) {
    expect(header('retry-after')).toMatch(/^[1-9]\d*$/);
  }
}
