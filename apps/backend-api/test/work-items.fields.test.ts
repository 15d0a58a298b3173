import { expectProblem, startTestService, type TestService } from '@secure-backend/chassis/testing';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendApi } from '../src/service.ts';

const path = '/v1/work-items';
const anyId = '0190b2a1-7c3d-7000-8000-00000000abcd';

describe('the fields of a work item', () => {
  let service: TestService;
  const call = () => request.agent(service.url).set('x-api-key', service.apiKey);
  const create = (draft: object) =>
    call()
      .post(path)
      .send({ title: 'A title', ...draft });

  beforeAll(async () => {
    service = await startTestService(backendApi);
  });
  afterAll(() => service.stop());

  it.each([
    ['NUL in a title', { title: 'a\0b' }, '/title'],
    ['NUL in a description', { description: '\0' }, '/description'],
    ['half a surrogate pair', { title: 'a\ud800' }, '/title'],
    ['an empty title', { title: '' }, '/title'],
    ['a blank title', { title: ' \t\n\u00a0' }, '/title'],
    ['a title that is too long', { title: 'a'.repeat(201) }, '/title'],
    ['a description that is too long', { description: 'a'.repeat(4_001) }, '/description'],
    ['no title', { title: undefined }, '/title'],
    ['a number for a title', { title: 1 }, '/title'],
    ['an unknown status', { status: 'closed' }, '/status'],
    ['no status', { status: null }, '/status'],
    ['a day that does not exist', { dueDate: '2023-02-29' }, '/dueDate'],
    ['the year 0', { dueDate: '0000-01-01' }, '/dueDate'],
    ['a year past 9999', { dueDate: '10000-01-01' }, '/dueDate'],
    ['a point in time for a day', { dueDate: '2024-02-29T00:00:00Z' }, '/dueDate'],
    ['an id', { id: anyId }, '/id'],
    ['an unknown field', { priority: 1 }, '/priority'],
  ])('are refused with %s', async (_, draft, pointer) => {
    const answer = await create(draft);
    expectProblem(answer, 'validation_failed');
    expect(answer.body.errors).toContainEqual({ pointer, detail: expect.any(String) });
  });

  it.each([
    ['the longest texts', { title: 'a'.repeat(200), description: 'd'.repeat(4_000) }],
    ['all kinds of characters', { title: '🏳️‍🌈 ﷽ \u202e<b>\\ \'";-- %00 \x7f', description: '' }],
    ['the first day', { dueDate: '0001-01-01' }],
    ['the last day', { dueDate: '9999-12-31' }],
    ['a leap day', { dueDate: '2024-02-29' }],
    ['every field', { description: null, status: 'done', dueDate: null }],
  ])('are kept as they are with %s', async (_, draft) => {
    const created = await create(draft).expect(201);
    expect(created.body).toMatchObject(draft);
    const read = await call().get(`${path}/${created.body.id}`).expect(200);
    expect(read.body).toEqual(created.body);
  });

  it('may be changed one by one, and cleared with null', async () => {
    const draft = { title: 'Before', description: 'Some', status: 'in_progress', dueDate: '2028-02-29' };
    const created = await create(draft).expect(201);
    const patch = (body: object) =>
      call()
        .patch(`${path}/${created.body.id}`)
        .set('if-match', '*')
        .set('content-type', 'application/merge-patch+json')
        .send(JSON.stringify(body));
    const { updatedAt: _, ...rest } = created.body;
    expect((await patch({ title: 'After' }).expect(200)).body).toMatchObject({ ...rest, title: 'After' });
    const cleared = await patch({ description: null, dueDate: null }).expect(200);
    expect(cleared.body).toMatchObject({ ...rest, title: 'After', description: null, dueDate: null });
    for (const [body, pointer] of [
      [{}, ''],
      [{ title: null }, '/title'],
      [{ status: null }, '/status'],
      [{ priority: 1 }, '/priority'],
      [{ dueDate: '2023-02-29' }, '/dueDate'],
    ] as const) {
      const answer = await patch(body);
      expectProblem(answer, 'validation_failed');
      expect(answer.body.errors[0]).toMatchObject({ pointer });
    }
  });

  it('include an id that may be written in upper case', async () => {
    const created = await create({}).expect(201);
    const shouted = `${path}/${created.body.id.toUpperCase()}`;
    expect((await call().get(shouted).expect(200)).body).toEqual(created.body);
    await call()
      .delete(shouted)
      .set('if-match', created.headers['etag'] as string)
      .expect(204);
  });

  it.each(['1', 'abc', `${anyId}0`, anyId.slice(1), anyId.replaceAll('-', ''), `{${anyId}}`, '%00', '..'])(
    'include an id that can’t be %s',
    async (id) => {
      // Not through URL, which would resolve the dots.
      const answer = await call().get(`${path}/${encodeURIComponent(id).replaceAll('.', '%2E')}`);
      expectProblem(answer, 'invalid_parameter');
      expect(answer.body.errors).toMatchObject([{ parameter: 'id' }]);
    },
  );
});
