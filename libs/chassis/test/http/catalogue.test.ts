import type { ProblemCode } from '@secure-backend/chassis/http';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  expectProblem,
  fetchDocument,
  startTestService,
  type TestService,
  type WireAnswer,
} from '../../testing/index.ts';
import { addKeys } from './fixture/caller.keys.ts';
import { heldRequests } from './fixture/held.requests.ts';
import { notesApi } from './fixture/notes.definition.ts';
import { exchange } from './wire/raw.connection.ts';
import { json, keyOf, type RawRequest, rawRequest } from './wire/raw.request.ts';

const note = '/v1/notes/0190b2a1-0000-7000-8000-000000000000';
const body = '{"text":"a"}';

describe('the catalogue of problems', () => {
  let service: TestService;
  const send = ({ headers = [], ...rest }: RawRequest) =>
    exchange(service.url, rawRequest({ headers: [keyOf(service), ...headers], ...rest }));
  const post = (bytes: string, ...headers: string[]) =>
    send({ method: 'POST', headers: [json, ...headers], body: bytes });
  const patch = (...headers: string[]) =>
    send({ method: 'PATCH', target: note, headers: [json, ...headers], body });

  /** How each is met. The type demands one for every code there is. */
  const ways: Readonly<Record<ProblemCode, () => Promise<WireAnswer>>> = {
    malformed_request: () => send({ headers: ['garbage'] }),
    malformed_body: () => post('{'),
    invalid_parameter: () => send({ target: '/v1/notes?limit=0' }),
    unauthenticated: async () => request(service.url).get('/v1/notes'),
    forbidden: () => send({ target: '/v1/faults/refusal?code=forbidden' }),
    not_found: () => send({ target: note }),
    method_not_allowed: () => send({ method: 'DELETE' }),
    request_timeout: () => exchange(service.url, 'GET /v1/notes HTTP/1.1\r\n'),
    conflict: () => send({ target: '/v1/faults/refusal?code=conflict' }),
    precondition_failed: () => patch('if-match: "gone"'),
    body_too_large: () => post('', 'content-length: 100000000'),
    path_too_long: () => send({ target: `/v1/notes/${'a'.repeat(200)}` }),
    unsupported_media_type: () => send({ method: 'POST', headers: ['content-type: text/plain'], body }),
    validation_failed: () => post('{}'),
    precondition_required: () => patch(),
    rate_limited: async () => {
      // Refusals are counted by address, and this one is beyond the limit of one.
      await request(service.url).get('/v1/notes');
      return request(service.url).get('/v1/notes');
    },
    headers_too_large: () => send({ headers: [`x-long: ${'a'.repeat(20_000)}`] }),
    outcome_unknown: () => send({ target: '/v1/faults/lost-commit' }),
    internal_error: () => send({ target: '/v1/faults/error' }),
    overloaded: async () => {
      const held = Promise.all(
        [keyOf(service), 'x-api-key: of-another-caller'].map((key) =>
          exchange(service.url, rawRequest({ target: '/v1/faults/held', headers: [key] })),
        ),
      );
      await vi.waitFor(() => expect(heldRequests.count).toBe(2), 5_000);
      const refused = await send({});
      heldRequests.releaseAll();
      await held;
      return refused;
    },
    database_unavailable: () => send({ target: '/v1/faults/sleep' }),
  };

  beforeAll(async () => {
    service = await startTestService(notesApi, {
      environment: {
        DATABASE_STATEMENT_TIMEOUT_MS: '200',
        HTTP_HEADERS_TIMEOUT_MS: '300',
        HTTP_MAX_CONCURRENT_REQUESTS: '2',
        RATE_LIMIT_REFUSALS_PER_MINUTE: '1',
      },
      prepare: ({ secretsDirectory }) => addKeys(secretsDirectory, { another: 'of-another-caller' }),
    });
  });
  afterAll(() => service.stop());

  it.each(Object.entries(ways) as [ProblemCode, () => Promise<WireAnswer>][])(
    '%s is what the wire says',
    async (code, meet) => {
      expectProblem(await meet(), code);
    },
  );

  it('is what the document says', async () => {
    const documented = JSON.stringify(await fetchDocument(service)).matchAll(
      /"type":"urn:problem-type:(\w+)"/g,
    );
    // A wrong method has no operation to be documented at.
    const codes = ['method_not_allowed', ...[...documented].map(([, code]) => code)];
    expect(new Set(codes)).toEqual(new Set(Object.keys(ways)));
  });
});
