import {
  completeDraft,
  expectProblem,
  startTestService,
  type TestService,
} from '@secure-backend/chassis/testing';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backendApi } from '../src/service.ts';
import { samples } from './work-items.samples.ts';

const path = '/v1/work-items';
const draft = completeDraft(samples);
const parallel = Array.from({ length: 20 }, (_, n) => n);

describe('the versions of a work item', () => {
  let service: TestService;
  let item: string;
  let etag: string;
  const call = () => request.agent(service.url).set('x-api-key', service.apiKey);
  const put = (headers: Record<string, string>) => call().put(item).set(headers).send(draft);
  const createOnce = () => put({ 'if-none-match': '*' });
  const replace = (tag: string) => put({ 'if-match': tag });
  const patch = (tag: string, n = 1) =>
    call().patch(item).set('if-match', tag).send(completeDraft(samples, n));
  const read = (tag: string) => call().get(item).set('if-none-match', tag);
  const remove = (tag: string) => call().delete(item).set('if-match', tag);

  beforeAll(async () => {
    service = await startTestService(backendApi);
  });
  beforeEach(async () => {
    item = `${path}/${crypto.randomUUID()}`;
    etag = (await createOnce().expect(201)).headers['etag'] as string;
  });
  afterAll(() => service.stop());

  it('change with each write, and only the current one may be changed', async () => {
    const replaced = (await replace(etag).expect(200)).headers['etag'] as string;
    const patched = (await patch(replaced).expect(200)).headers['etag'] as string;
    expect(new Set([etag, replaced, patched]).size).toBe(3);
    for (const stale of [etag, replaced]) {
      expectProblem(await replace(stale), 'precondition_failed');
      expectProblem(await patch(stale), 'precondition_failed');
      expectProblem(await remove(stale), 'precondition_failed');
    }
    await remove(patched).expect(204);
  });

  it('must be named by whoever changes one', async () => {
    expectProblem(await put({}), 'precondition_required');
    expectProblem(await call().patch(item).send(draft), 'precondition_required');
    expectProblem(await call().delete(item), 'precondition_required');
  });

  it.each(['', 'abc', '"', '"a" "b"', 'W/abc', '*, "a"', "'a'", '"a";q=1'])(
    'are not named by the malformed tag <%s>',
    async (tag) => {
      // An empty header lists no version, so that none matches.
      const code = tag === '' ? 'precondition_failed' : 'invalid_parameter';
      expectProblem(await replace(tag), code);
      expectProblem(await patch(tag), code);
      expectProblem(await remove(tag), code);
    },
  );

  it('may be named in a list or by *, yet not weakly', async () => {
    expectProblem(await patch(`W/${etag}`), 'precondition_failed');
    const listed = await patch(`"another", ${etag}`).expect(200);
    expectProblem(await patch(`"another", W/${listed.headers['etag']}`), 'precondition_failed');
    await patch('*').expect(200);
  });

  it('may be named in a list with empty elements', async () => {
    for (const place of [', ?', '?,', ', ,?, ,', ' , "another",, ?']) {
      const { headers } = await call().get(item).expect(200);
      await patch(place.replace('?', headers['etag'] as string)).expect(200);
    }
    for (const tag of [',', ', ,']) {
      expectProblem(await patch(tag), 'precondition_failed');
    }
  });

  it('are read again only when changed', async () => {
    for (const tag of [etag, `W/${etag}`, `"another", ${etag}`, '*']) {
      const { text, headers } = await read(tag).expect(304);
      expect([text, headers['etag'], headers['content-length']]).toEqual(['', etag, undefined]);
    }
    const head = await call().head(item).set('if-none-match', etag).expect(304);
    // It would be about the body of the 200.
    expect(head.headers).not.toHaveProperty('content-length');
    await call()
      .head(item)
      .expect(200)
      .expect('content-length', /^[1-9]/);
    await read('"another"').expect(200);
    expectProblem(await read('abc'), 'invalid_parameter');
    await patch(etag).expect(200);
    await read(etag).expect(200);
  });

  it('of an item that is not there match nothing', async () => {
    await remove(etag).expect(204);
    expectProblem(await replace(etag), 'precondition_failed');
    expectProblem(await replace('*'), 'precondition_failed');
    expectProblem(await patch(etag), 'not_found');
    expectProblem(await remove(etag), 'not_found');
  });

  it('of an earlier item under the same id match nothing', async () => {
    await remove(etag).expect(204);
    const again = (await createOnce().expect(201)).headers['etag'] as string;
    expect(again).not.toBe(etag);
    expectProblem(await replace(etag), 'precondition_failed');
    expectProblem(await remove(etag), 'precondition_failed');
    await read(etag).expect(200);
    await remove(again).expect(204);
  });

  it('start with one creation, however many want to create', async () => {
    await remove(etag).expect(204);
    const answers = await Promise.all(parallel.map(async () => createOnce()));
    const [created, ...others] = answers.toSorted((a, b) => a.status - b.status);
    expect(created).toMatchObject({ status: 201, headers: { location: item } });
    for (const other of others) {
      expectProblem(other, 'precondition_failed');
    }
    expect((await call().get(item).expect(200)).body).toEqual(created?.body);
  });

  it('go on with one change, however many want to change the same', async () => {
    const answers = await Promise.all(parallel.map(async (n) => patch(etag, n)));
    const [changed, ...others] = answers.toSorted((a, b) => a.status - b.status);
    expect(changed?.status).toBe(200);
    for (const other of others) {
      expectProblem(other, 'precondition_failed');
    }
    expect((await call().get(item).expect(200)).body).toEqual(changed?.body);
  });

  it('are created or replaced, not both', async () => {
    expectProblem(await createOnce(), 'precondition_failed');
    expectProblem(await put({ 'if-none-match': '*', 'if-match': etag }), 'invalid_parameter');
    expectProblem(await put({ 'if-none-match': etag }), 'invalid_parameter');
    expect((await call().get(item).expect(200)).headers['etag']).toBe(etag);
  });
});
