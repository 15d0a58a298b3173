import { createHash } from 'node:crypto';
import {
  completeDraft,
  expectProblem,
  filterCases,
  startTestService,
  type TestService,
} from '@secure-backend/chassis/testing';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendApi } from '../src/service.ts';
import { filters, samples } from './work-items.samples.ts';

const path = '/v1/work-items';
const id = '0190b2a1-0000-7000-8000-000000000000';

/** A cursor with any bytes for its position, under the checksum of the unfiltered list. */
function forge(payload: string): string {
  const hash = createHash('sha256').update(payload).update('{}').digest();
  return Buffer.concat([hash.subarray(0, 6), Buffer.from(payload)]).toString('base64url');
}

describe('a cursor', () => {
  let service: TestService;
  const get = (query: Record<string, unknown>) =>
    request(service.url).get(path).set('x-api-key', service.apiKey).query(query);

  beforeAll(async () => {
    service = await startTestService(backendApi);
    for (let n = 0; n < 20; n++) {
      const post = request(service.url).post(path).set('x-api-key', service.apiKey);
      await post.send(completeDraft(samples, n)).expect(201);
    }
  });
  afterAll(() => service.stop());

  it('is refused when damaged', async () => {
    const { body } = await get({ limit: 5 }).expect(200);
    const cursor = body.nextCursor as string;
    const flipped = cursor.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    for (const damaged of [
      'x',
      '%00',
      flipped,
      cursor.slice(0, -2),
      `${cursor}AAAA`,
      `${cursor}=`,
      'A'.repeat(513),
      '',
    ]) {
      const answer = await get({ cursor: damaged });
      expectProblem(answer, 'invalid_parameter');
      expect(answer.body.errors).toMatchObject([{ parameter: 'cursor' }]);
    }
    // The size is no part of the list.
    const next = await get({ limit: 1, cursor }).expect(200);
    expect(next.body.items).toHaveLength(1);
  });

  it('is refused by another list', async () => {
    const queries = [{}, ...filterCases(filters, samples).map(({ query }) => query)];
    for (const own of queries) {
      const { body } = await get({ limit: 1, ...own }).expect(200);
      const cursor = body.nextCursor as string;
      await get({ ...own, cursor }).expect(200);
      for (const other of queries.filter((query) => query !== own)) {
        expectProblem(await get({ ...other, cursor }), 'invalid_parameter');
      }
    }
  });

  it.each([
    '["x","y"]',
    '5',
    'null',
    '{"a":1}',
    '[]',
    '[',
    '[{},2]',
    `["2026-01-01T00:00:00.000Z"]`,
    String.raw`["2026-01-01T00:00:00.000Z","\u0000"]`,
    `["2026-13-01T00:00:00.000Z","${id}"]`,
    `["2026-02-29T00:00:00.000Z","${id}"]`,
    `["0000-01-01T00:00:00.000Z","${id}"]`,
    `["+275760-09-13T00:00:00.000Z","${id}"]`,
    `["infinity","${id}"]`,
  ])('is refused when forged with the position %s', async (position) => {
    const genuine = forge(`["2026-01-01T00:00:00.000Z","${id}"]`);
    await get({ cursor: genuine }).expect(200);
    const answer = await get({ cursor: forge(position) });
    expectProblem(answer, 'invalid_parameter');
    expect(answer.body.errors).toMatchObject([{ parameter: 'cursor' }]);
  });
});
