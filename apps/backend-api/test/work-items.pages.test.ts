import { asSuperuser } from '@secure-backend/local-stack/testing';
import {
  both,
  completeDraft,
  expectProblem,
  filterCases,
  refusedQueries,
  startTestService,
  type TestService,
} from '@secure-backend/chassis/testing';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendApi } from '../src/service.ts';
import { type WorkItem, workItemDraft } from '../src/work-items/work-item.schema.ts';
import { insert, valuesOf } from '../src/work-items/work-items.statements.ts';
import { filters, samples } from './work-items.samples.ts';

const path = '/v1/work-items';
const total = 260;

const cases = filterCases(filters, samples);
const pairs = cases.slice(1).map((other, index) => both(cases[index] ?? other, other));

describe('pages of work items', () => {
  let service: TestService;
  const call = () => request.agent(service.url).set('x-api-key', service.apiKey);
  const page = async (query: Record<string, unknown>) => {
    const { body } = await call().get(path).query(query).expect(200);
    return body as { items: WorkItem[]; nextCursor: string | null };
  };

  /** Every item from the first page to the last. `between` runs after each page. */
  async function all(
    query: Record<string, unknown>,
    between?: (items: WorkItem[]) => Promise<unknown>,
  ): Promise<WorkItem[]> {
    const items: WorkItem[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const next = await page({ ...query, ...(cursor !== undefined && { cursor }) });
      items.push(...next.items);
      cursor = next.nextCursor;
      await between?.(next.items);
    }
    return items;
  }

  beforeAll(async () => {
    service = await startTestService(backendApi);
    const { superuser, names } = service.database;
    await asSuperuser(superuser, names.database, async (client) => {
      for (let n = 0; n < total; n++) {
        const draft = workItemDraft.parse(completeDraft(samples, n));
        await client.query(insert.text, valuesOf(draft));
      }
      // Seven items share each point in time, so that pages also end in the middle of one.
      await client.query(
        `update work_items set created_at = timestamptz '2026-01-01' + n / 7 * interval '1 ms'
         from (select id, row_number() over () as n from work_items) numbered where numbered.id = work_items.id`,
      );
    });
  });
  afterAll(() => service.stop());

  it.each([7, 13, 64, 100])('of %i together hold every item once, newest first', async (limit) => {
    const items = await all({ limit });
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(items).toHaveLength(total);
    const keys = items.map(({ createdAt, id }) => `${createdAt} ${id}`);
    expect(keys).toEqual(keys.toSorted().toReversed());
  });

  it('have the size asked for, or 20', async () => {
    expect((await page({})).items).toHaveLength(20);
    expect((await page({ limit: 1 })).items).toHaveLength(1);
    expect((await page({ limit: 100 })).items).toHaveLength(100);
  });

  it.each(['0', '-1', '101', '1000000000', '1.5', 'abc', '', 'NaN', 'Infinity', '0x'])(
    'can’t have the size <%s>',
    async (limit) => {
      const answer = await call().get(path).query({ limit });
      expectProblem(answer, 'invalid_parameter');
      expect(answer.body.errors).toMatchObject([{ parameter: 'limit' }]);
    },
  );

  it('neither repeat nor lose an item when others come and go meanwhile', async () => {
    const before = await all({ limit: 100 });
    const removed = new Set<string>();
    const seen = await all({ limit: 30 }, async (items) => {
      const gone = items.at(-1)?.id ?? '';
      removed.add(gone);
      // Also the item that the cursor points at.
      await call().delete(`${path}/${gone}`).set('if-match', '*').expect(204);
      await call().post(path).send(completeDraft(samples)).expect(201);
    });
    expect(seen.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect((await all({ limit: 100 })).filter(({ id }) => removed.has(id))).toEqual([]);
  });

  it('may be filtered', async () => {
    const everything = await all({ limit: 100 });
    for (const { query, matches } of [...cases, ...pairs]) {
      const found = await all({ limit: 9, ...query });
      expect(found).toEqual(everything.filter(matches));
      expect(found.length).toBeGreaterThan(2);
      expect(found.length).toBeLessThan(everything.length);
    }
  });

  it.each([...refusedQueries(filters, samples), { 'no-such-parameter': '1' }])(
    'can’t be filtered by %j',
    async (query) => {
      expectProblem(await call().get(path).query(query), 'invalid_parameter');
    },
  );
});
