import {
  completeDraft,
  defaultsOf,
  smallestDraft,
  startTestService,
  type TestService,
} from '@secure-backend/chassis/testing';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendApi } from '../src/service.ts';
import { samples } from './work-items.samples.ts';

const path = '/v1/work-items';
const smallest = smallestDraft(samples);

describe('work items', () => {
  let service: TestService;
  const call = () => request.agent(service.url).set('x-api-key', service.apiKey);

  beforeAll(async () => {
    service = await startTestService(backendApi);
  });
  afterAll(() => service.stop());

  it('creates, reads, replaces, patches and deletes', async () => {
    const created = await call().post(path).send(smallest).expect(201);
    expect(created.body).toEqual({
      id: expect.any(String),
      ...smallest,
      ...defaultsOf(samples),
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: created.body.createdAt,
    });
    const location = created.headers['location'] as string;
    expect(location).toBe(`${path}/${created.body.id}`);

    const read = await call().get(location).expect(200);
    expect(read.body).toEqual(created.body);
    expect(read.headers['etag']).toBe(created.headers['etag']);
    await call()
      .get(location)
      .set('if-none-match', read.headers['etag'] as string)
      .expect(304);

    const draft = completeDraft(samples);
    const replaced = await call()
      .put(location)
      .set('if-match', read.headers['etag'] as string)
      .send(draft)
      .expect(200);
    expect(replaced.body).toMatchObject(draft);
    expect(replaced.headers['etag']).not.toBe(read.headers['etag']);

    const patched = await call()
      .patch(location)
      .set('if-match', replaced.headers['etag'] as string)
      .send(completeDraft(samples, 1))
      .expect(200);
    expect(patched.body).toMatchObject(completeDraft(samples, 1));

    await call()
      .delete(location)
      .set('if-match', patched.headers['etag'] as string)
      .expect(204);
    await call().get(location).expect(404);
  });
});
