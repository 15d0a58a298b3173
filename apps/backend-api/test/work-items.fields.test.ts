import {
  acceptedCases,
  completeDraft,
  expectProblem,
  missingCases,
  refusedCases,
  startTestService,
  type TestService,
} from '@secure-backend/chassis/testing';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendApi } from '../src/service.ts';
import { samples } from './work-items.samples.ts';

const path = '/v1/work-items';
const anyId = '0190b2a1-7c3d-7000-8000-00000000abcd';
const draft = completeDraft(samples);
const accepted = acceptedCases(samples);
const refused = refusedCases(samples);
const cleared = accepted.filter(({ value }) => value === null);
const detail = expect.any(String) as string;

describe('the fields of a work item', () => {
  let service: TestService;
  const call = () => request.agent(service.url).set('x-api-key', service.apiKey);
  const create = (changes: object = {}) =>
    call()
      .post(path)
      .send({ ...draft, ...changes });
  const patch = (id: string, body: object) =>
    call()
      .patch(`${path}/${id}`)
      .set('if-match', '*')
      .set('content-type', 'application/merge-patch+json')
      .send(JSON.stringify(body));

  beforeAll(async () => {
    service = await startTestService(backendApi);
  });
  afterAll(() => service.stop());

  it.each([...refused, ...missingCases(samples)])(
    'are refused with $shown for $field',
    async ({ field, value }) => {
      const answer = await create({ [field]: value });
      expectProblem(answer, 'validation_failed');
      expect(answer.body.errors).toContainEqual({ pointer: `/${field}`, detail });
    },
  );

  it.each(['id', 'version', 'no-such-field', 'constructor'])('don’t include %s', async (field) => {
    const answer = await create({ [field]: anyId });
    expectProblem(answer, 'validation_failed');
    expect(answer.body.errors).toEqual([{ pointer: `/${field}`, detail }]);
  });

  it.each(accepted)('are kept as they are with $shown for $field', async ({ field, value }) => {
    const created = await create({ [field]: value }).expect(201);
    expect(created.body).toMatchObject({ ...draft, [field]: value });
    const read = await call().get(`${path}/${created.body.id}`).expect(200);
    expect(read.body).toEqual(created.body);
  });

  it('may be changed one by one, and cleared with null', async () => {
    const created = await create().expect(201);
    const { updatedAt: _, ...before } = created.body;
    const now = { ...before };
    for (const { field, value } of [...accepted, ...cleared]) {
      now[field] = value;
      expect((await patch(created.body.id, { [field]: value }).expect(200)).body).toMatchObject(now);
    }
  });

  it('stay as they are after a patch that is refused', async () => {
    const created = await create().expect(201);
    const { id } = created.body;
    for (const { field, value } of refused) {
      const answer = await patch(id, { [field]: value });
      expectProblem(answer, 'validation_failed');
      expect(answer.body.errors).toContainEqual({ pointer: `/${field}`, detail });
    }
    expect((await patch(id, {})).body.errors).toEqual([{ pointer: '', detail }]);
    expect((await patch(id, { id })).body.errors[0]).toEqual({ pointer: '/id', detail });
    expect((await call().get(`${path}/${id}`)).body).toEqual(created.body);
  });

  it('include an id that may be written in upper case', async () => {
    const created = await create().expect(201);
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
