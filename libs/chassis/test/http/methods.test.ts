import { METHODS } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem, startTestService, type TestService } from '../../testing/index.ts';
import { notesApi } from './fixture/notes.definition.ts';
import { exchange, RawConnection } from './wire/raw.connection.ts';
import { keyOf, rawRequest } from './wire/raw.request.ts';

const item = '/v1/notes/0190b2a1-0000-7000-8000-000000000000';

describe('a method', () => {
  let service: TestService;
  const send = (method: string, target: string) =>
    exchange(service.url, rawRequest({ method, target, headers: [keyOf(service)] }));

  beforeAll(async () => {
    service = await startTestService(notesApi);
  });
  afterAll(() => service.stop());

  it.each([
    ['/v1/notes', ['GET', 'HEAD', 'POST']],
    [item, ['GET', 'HEAD', 'PATCH']],
    ['/v1/notes?limit=1', ['GET', 'HEAD', 'POST']],
    ['/openapi.json', ['GET', 'HEAD']],
    ['/v1/%6Eotes', ['GET', 'HEAD', 'POST']],
    ['http://localhost/v1/notes', ['GET', 'HEAD', 'POST']],
    ['http://localhost/v1/%6Eotes?limit=1', ['GET', 'HEAD', 'POST']],
  ])('that %s does not have is answered with those that it has', async (target, allowed) => {
    const others = METHODS.filter((method) => ![...allowed, 'CONNECT'].includes(method));
    expect(others).toEqual(expect.arrayContaining(['TRACE', 'OPTIONS', 'PROPFIND', 'DELETE', 'QUERY']));
    expect(await send('GET', target)).not.toMatchObject({ status: 405 });
    for (const method of others) {
      const answer = await send(method, target);
      expectProblem(answer, 'method_not_allowed');
      expect(answer.headers['allow']).toEqual([allowed.join(', ')]);
    }
  });

  it('makes no difference where no route is', async () => {
    for (const method of ['POST', 'DELETE', 'OPTIONS', 'TRACE']) {
      expectProblem(await send(method, '/v1/unknown'), 'not_found');
    }
    expectProblem(await send('OPTIONS', '*'), 'not_found');
  });

  it('that nobody knows is malformed', async () => {
    expectProblem(await send('BREW', '/v1/notes'), 'malformed_request');
    expectProblem(await send('get', '/v1/notes'), 'malformed_request');
  });

  it('CONNECT opens no tunnel', async () => {
    const connection = await RawConnection.open(service.url);
    connection.write(rawRequest({ method: 'CONNECT', target: 'localhost:5432', headers: [keyOf(service)] }));
    expect(await connection.closed()).toEqual([]);
  });

  it('HEAD answers as GET does, without the body', async () => {
    const headers = { 'x-api-key': service.apiKey };
    const [head, get] = await Promise.all(
      ['HEAD', 'GET'].map((method) => fetch(`${service.url}/v1/unknown`, { method, headers })),
    );
    expect(head?.status).toBe(404);
    for (const name of ['content-type', 'content-length', 'cache-control']) {
      expect(head?.headers.get(name)).toBe(get?.headers.get(name));
    }
    expect([await head?.text(), await get?.json()]).toMatchObject(['', { code: 'not_found' }]);
  });
});
