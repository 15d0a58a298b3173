import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/index.ts';
import type { ApiKeys } from './api.keys.ts';

export const apiKeyHeader = 'x-api-key';

const challenge = { 'www-authenticate': `ApiKey header="${apiKeyHeader}"` };

/**
 * The caller that a request comes from.
 *
 * @throws Problem unauthenticated; its detail says what was wrong with the header, never with the key
 */
export function authenticate(request: FastifyRequest, keys: ApiKeys): string {
  // Node joins repeated headers with a comma; a request with two keys is somebody's mistake or trick.
  const sent = request.raw.headersDistinct[apiKeyHeader] ?? [];
  const [key] = sent;
  if (key === undefined || key === '') {
    throw refusal(`send your key in the header ${apiKeyHeader}`);
  }
  if (sent.length > 1) {
    throw refusal(`send the header ${apiKeyHeader} once`);
  }
  const caller = keys.callerOf(key);
  if (caller === undefined) {
    throw refusal('the key is not known here; it may have been rotated');
  }
  return caller;
}

function refusal(detail: string): Problem {
  return new Problem('unauthenticated', { detail, headers: challenge });
}
