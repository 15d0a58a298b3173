import { setTimeout as delay } from 'node:timers/promises';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem, startTestService, type TestService } from '../../testing/index.ts';
import { plantedSecret } from './fixture/faults.controller.ts';
import { notesApi } from './fixture/notes.definition.ts';
import { RawConnection } from './wire/raw.connection.ts';

describe('a route that fails', () => {
  let service: TestService;
  const get = (fault: string) =>
    request(service.url).get(`/v1/faults/${fault}`).set('x-api-key', service.apiKey);

  beforeAll(async () => {
    service = await startTestService(notesApi, { environment: { DATABASE_STATEMENT_TIMEOUT_MS: '300' } });
  });
  afterAll(() => service.stop());

  it.each([
    ['an error', 'error', 'internal_error'],
    ['something that is no error', 'text', 'internal_error'],
    ['a broken statement', 'statement', 'internal_error'],
    ['an exception of the framework', 'exception', 'internal_error'],
    ['a statement that takes too long', 'sleep', 'database_unavailable'],
  ] as const)('with %s hides it from its caller', async (_, fault, code) => {
    const answer = await get(fault);
    expectProblem(answer, code);
    expect(JSON.stringify([answer.headers, answer.body])).not.toContain(plantedSecret);
  });

  it('can be found in the log by its request id', async () => {
    const answer = await get('error');
    const lines = service.log().split('\n');
    const found = lines
      .filter((line) => line.includes(answer.body.requestId))
      .map((line) => JSON.parse(line));
    expect(found).toMatchObject([
      {
        body: 'request failed',
        severity_text: 'ERROR',
        'exception.stacktrace': expect.stringContaining('throwError'),
      },
      { body: 'request', 'http.response.status_code': 500 },
    ]);
  });

  it('is not a caller that leaves in the middle of its body', async () => {
    const before = service.log().match(/request failed/g)?.length;
    const connection = await RawConnection.open(service.url);
    connection.write(
      `POST /v1/notes HTTP/1.1\r\nhost: a\r\nx-api-key: ${service.apiKey}\r\n` +
        'content-type: application/json\r\ncontent-length: 100\r\n\r\n{"title"',
    );
    await delay(100);
    connection.reset();

    await expect.poll(() => service.log()).toContain('client_disconnected');
    expect(service.log().match(/request failed/g)?.length).toBe(before);
  });

  it('is not quoted in the log', () => {
    expect(service.log()).toContain('request failed');
    expect(service.log()).not.toContain(plantedSecret);
  });
});

describe('every answer', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService(notesApi);
  });
  afterAll(() => service.stop());

  it.each([
    ['/v1/notes', 200],
    ['/v1/notes/x', 400],
    ['/v1/unknown', 404],
    ['/v1/faults/error', 500],
    ['/v1/notes', 401],
  ])('has the security headers: %s %i', async (path, status) => {
    const call = request(service.url).get(path);
    const { headers } = await (status === 401 ? call : call.set('x-api-key', service.apiKey)).expect(status);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringContaining('max-age='),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-request-id': expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('server');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});
