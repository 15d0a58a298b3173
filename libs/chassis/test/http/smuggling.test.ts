import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem, startTestService, type TestService } from '../../testing/index.ts';
import { notesApi } from './fixture/notes.definition.ts';
import { ambiguousRequests } from './smuggling.shapes.ts';
import { RawConnection } from './wire/raw.connection.ts';
import { json, keyOf, type RawRequest, rawRequest } from './wire/raw.request.ts';

describe('a second request behind', () => {
  let service: TestService;
  const smuggled = () =>
    rawRequest({ method: 'POST', headers: [keyOf(service), json], body: '{"text":"smuggled"}' });
  const post = ({ headers = [], ...rest }: RawRequest) =>
    rawRequest({ method: 'POST', headers: [keyOf(service), json, ...headers], ...rest });
  const send = async (...requests: Buffer[]) => {
    const connection = await RawConnection.open(service.url);
    connection.write(Buffer.concat(requests));
    return connection;
  };
  const notes = async () => {
    const response = await fetch(`${service.url}/v1/notes?limit=100`, {
      headers: { 'x-api-key': service.apiKey },
    });
    return ((await response.json()) as { text: string }[]).filter(({ text }) => text === 'smuggled').length;
  };

  beforeAll(async () => {
    service = await startTestService(notesApi);
  });
  afterAll(() => service.stop());

  it.each(Object.entries(ambiguousRequests))('%s is never executed', async (_, request) => {
    const before = await notes();
    const answers = await (await send(post(request), smuggled())).closed();
    expect(answers).toHaveLength(1);
    expectProblem(answers[0]!, 'malformed_request');
    expect(answers[0]?.headers['connection']).toEqual(['close']);
    expect(await notes()).toBe(before);
  });

  it('a missing host is never executed', async () => {
    const before = await notes();
    const nameless = Buffer.from(`GET /v1/notes HTTP/1.1\r\n${keyOf(service)}\r\n\r\n`);
    const answers = await (await send(nameless, smuggled())).closed();
    expect(answers).toHaveLength(1);
    expectProblem(answers[0]!, 'malformed_request');
    expect(await notes()).toBe(before);
  });

  it.each([
    ['a goodbye', { headers: ['connection: close'] }, 200],
    ['an upgrade', { headers: ['connection: upgrade', 'upgrade: websocket'] }, 200],
  ])('%s is not executed', async (_, { headers }, status) => {
    const before = await notes();
    const connection = await send(rawRequest({ headers: [keyOf(service), ...headers] }), smuggled());
    expect(await connection.received(1)).toMatchObject([{ status }]);
    expect(await notes()).toBe(before);
    connection.reset();
  });

  it.each(['GET', 'POST', 'DELETE'])('%s as its body is not executed', async (method) => {
    const before = await notes();
    const stranger = rawRequest({ method, headers: [json], body: smuggled() });
    const connection = await send(stranger, rawRequest({ headers: [keyOf(service)] }));
    expect((await connection.received(2)).map(({ status }) => status)).toEqual([401, 200]);
    expect(await notes()).toBe(before);
    connection.reset();
  });

  it('an unambiguous one is executed', async () => {
    const before = await notes();
    const chunks = { headers: ['transfer-encoding: chunked'], body: 'c;ext=1\r\n{"text":"a"}\r\n0\r\n\r\n' };
    const connection = await send(post(chunks), post({ body: '{"text":"b"}' }), smuggled());
    expect((await connection.received(3)).map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await notes()).toBe(before + 1);
    connection.reset();
  });
});
