import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem, startTestService, type TestService } from '../../testing/index.ts';
import { addKeys } from './fixture/caller.keys.ts';
import { notesApi } from './fixture/notes.definition.ts';
import { exchange } from './wire/raw.connection.ts';
import { json, keyOf, rawRequest } from './wire/raw.request.ts';

const outgoing = 'the-outgoing-key-of-a-caller';
const incoming = 'the-incoming-key-of-a-caller';

/** A post whose sender waits for an invitation before it would send the body. */
const expectingPost = (...headers: string[]) =>
  rawRequest({
    method: 'POST',
    headers: [json, 'expect: 100-continue', ...headers],
    body: '{"text":"a"}',
  });

describe('an API key', () => {
  let service: TestService;
  const get = (...headers: string[]) => exchange(service.url, rawRequest({ headers }));
  const status = async (key: string) => (await get(`x-api-key: ${key}`)).status;

  beforeAll(async () => {
    service = await startTestService(notesApi, {
      prepare: ({ secretsDirectory }) =>
        addKeys(secretsDirectory, { reports: incoming, 'reports.previous': `${outgoing}\n` }),
    });
  });
  afterAll(() => service.stop());

  it('opens the door', async () => {
    expect(await get(keyOf(service))).toMatchObject({ status: 200 });
  });

  it.each([
    ['missing', []],
    ['empty', ['x-api-key:']],
    ['wrong', ['x-api-key: not-a-key-that-anybody-has']],
    ['not ASCII', ['x-api-key: \xe4\xf6\xfc']],
    ['in another header', [`authorization: Bearer ${incoming}`]],
    ['sent twice', [`x-api-key: ${incoming}`, `x-api-key: ${incoming}`]],
    ['sent with a wrong one', [`x-api-key: ${incoming}`, 'x-api-key: wrong']],
    ['one of a list', [`x-api-key: ${incoming}, ${incoming}`]],
    ['cut', [`x-api-key: ${incoming.slice(0, -1)}`]],
  ])('that is %s is refused', async (_, headers) => {
    const answer = await get(...headers);
    expectProblem(answer, 'unauthenticated');
    expect(answer.headers['www-authenticate']).toEqual(['ApiKey header="x-api-key"']);
    expect(answer.body).not.toContain(incoming.slice(0, 8));
  });

  it('is asked for before anything is told about routes', async () => {
    for (const target of ['/v1/unknown', '/v1/notes/x', '/v1/notes?x=1']) {
      expectProblem(await exchange(service.url, rawRequest({ target })), 'unauthenticated');
    }
    expectProblem(await exchange(service.url, rawRequest({ method: 'DELETE' })), 'unauthenticated');
  });

  it('may be the outgoing one of its caller during a rotation', async () => {
    for (const key of [incoming, outgoing]) {
      await request(service.url).get('/v1/notes').set('x-api-key', key).expect(200);
    }
    const lines = service.log().split('\n');
    expect(lines.filter((line) => line.includes('"peer.service":"reports"'))).toHaveLength(2);
  });

  it('is asked for before the body is read', async () => {
    const headers = [json, 'content-length: 60000'];
    const began = performance.now();
    expectProblem(await exchange(service.url, rawRequest({ method: 'POST', headers })), 'unauthenticated');
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('is asked for before the body is invited', async () => {
    expectProblem(await exchange(service.url, expectingPost()), 'unauthenticated');
    expect(await exchange(service.url, expectingPost(keyOf(service)))).toMatchObject({ status: 100 });
    expect(
      await exchange(service.url, rawRequest({ headers: ['expect: a miracle', keyOf(service)] })),
    ).toMatchObject({ status: 200 });
  });

  it('is known as soon as it is mounted, and unknown as soon as it is gone, without a restart', async () => {
    const latest = 'the-latest-key-of-a-caller';
    const { secretsDirectory } = service.database;
    expect(await status(latest)).toBe(401);
    await addKeys(secretsDirectory, { reports: latest, 'reports.previous': incoming });

    await expect.poll(() => status(latest), { timeout: 8_000 }).toBe(200);
    expect([await status(incoming), await status(outgoing)]).toEqual([200, 401]);
  });

  it('is in no log', () => {
    for (const key of [incoming, outgoing, service.apiKey, 'not-a-key-that-anybody-has']) {
      expect(service.log()).not.toContain(key);
    }
  });
});
