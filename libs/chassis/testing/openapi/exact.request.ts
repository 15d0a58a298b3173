import { type Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { WireAnswer } from '../expect.problem.ts';

export interface ExactRequest {
  method: string;
  /** Path and query, sent as they are; fetch would mend them. */
  target: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
}

/** Sends a request without tidying it up and returns the answer with its body as text. */
export async function sendExactly(
  url: string,
  { method, target: path, headers, body }: ExactRequest,
  agent: Agent,
): Promise<WireAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<WireAnswer>();
  const sent = request(url, { agent, method, path, headers }, (response) => {
    const { statusCode: status = 0, headers: received } = response;
    text(response).then((content) => resolve({ status, headers: received, body: content }), reject);
  });
  sent.on('error', reject).end(body ?? undefined);
  return promise;
}
