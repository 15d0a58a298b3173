import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem, startTestService, type TestService } from '../../testing/index.ts';
import { notesApi } from './fixture/notes.definition.ts';
import { exchange } from './wire/raw.connection.ts';
import { keyOf, rawRequest } from './wire/raw.request.ts';

describe('a request target', () => {
  let service: TestService;
  const get = (target: string, ...headers: string[]) =>
    exchange(service.url, rawRequest({ target, headers: [keyOf(service), ...headers] }));

  beforeAll(async () => {
    service = await startTestService(notesApi);
  });
  afterAll(() => service.stop());

  it.each([
    '/',
    '//',
    '//v1/notes',
    '/v1//notes',
    '/v1/notes/',
    '/V1/notes',
    '/v1%2Fnotes',
    '/v1/../v1/notes',
  ])('that names no route, such as %s, is not found', async (target) => {
    expectProblem(await get(target), 'not_found');
  });

  it.each(['/v1/notes/%E0%A4%A', '/%E0%A4%A', '/%', '/v1/notes/%FF', 'v1/notes'])(
    'that is no URL, such as %s, is malformed',
    async (target) => {
      expectProblem(await get(target), 'malformed_request');
    },
  );

  it('may have a long segment, yet not too long a one', async () => {
    expectProblem(await get(`/v1/notes/${'a'.repeat(100)}`), 'invalid_parameter');
    expectProblem(await get(`/v1/notes/${'a'.repeat(101)}`), 'path_too_long');
    expectProblem(await get(`/v1/notes/${'a'.repeat(8_000)}`), 'path_too_long');
    expectProblem(await get(`/${'a'.repeat(8_000)}`), 'not_found');
  });

  it.each(['x', '%00', "' or 1=1 --", '..%2F..%2Fetc%2Fpasswd', '[object%20Object]'])(
    'with the id %s is refused',
    async (id) => {
      expectProblem(await get(`/v1/notes/${encodeURI(id)}`), 'invalid_parameter');
    },
  );

  it.each([
    ['a repeated parameter', 'limit=1&limit=2', 'limit'],
    ['an unknown parameter', 'limit=1&isAdmin=1', 'isAdmin'],
    ['a parameter in brackets', 'limit[]=1', 'limit[]'],
    ['__proto__', '__proto__=1', '__proto__'],
    ['constructor', 'constructor=1', 'constructor'],
    ['bad percent-encoding', 'limit=%E0%A4%A', 'limit'],
    ['an empty value', 'limit=', 'limit'],
    ['a hexadecimal number', 'limit=0x10', 'limit'],
    ['an exponent', 'limit=1e1', 'limit'],
    ['a sign', 'limit=%2B5', 'limit'],
    ['a fraction of nothing', 'limit=5.0', 'limit'],
    ['spaces around a number', 'limit=%205%20', 'limit'],
    ['a leading zero', 'limit=05', 'limit'],
    ['a number beyond all bounds', `limit=1${'0'.repeat(400)}`, 'limit'],
  ])('with %s in its query is refused', async (_, query, parameter) => {
    const answer = await get(`/v1/notes?${query}`);
    expectProblem(answer, 'invalid_parameter');
    expect(JSON.parse(answer.body).errors).toMatchObject([{ parameter }]);
  });

  it.each([
    ['a long target', `/${'a'.repeat(20_000)}`, ''],
    ['a long header', '/v1/notes', `x-long: ${'a'.repeat(20_000)}`],
    ['many headers', '/v1/notes', Array.from({ length: 2_000 }, (_, n) => `x-${n}: 1`).join('\r\n')],
  ])('with %s is refused', async (_, target, header) => {
    expectProblem(await get(target, ...(header === '' ? [] : [header])), 'headers_too_large');
  });

  it('that is right is served', async () => {
    expect(await get('/v1/notes?limit=1')).toMatchObject({ status: 200 });
    expect(await get('http://localhost/v1/notes?limit=1')).toMatchObject({ status: 200 });
  });
});
