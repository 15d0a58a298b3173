import { asSuperuser } from '@secure-backend/local-stack/testing';
import { expectProblem, startTestService, type TestService } from '@secure-backend/chassis/testing';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendApi } from '../src/service.ts';

const path = '/v1/work-items';
const total = 260;

interface Item {
  id: string;
  title: string;
  status: string;
  dueDate: string | null;
  createdAt: string;
}

const isDone = ({ status }: Item) => status === 'done';
const isDue = ({ dueDate }: Item) => dueDate !== null && dueDate < '2028-03-01';

describe('pages of work items', () => {
  let service: TestService;
  const call = () => request.agent(service.url).set('x-api-key', service.apiKey);
  const page = async (query: Record<string, unknown>) => {
    const { body } = await call().get(path).query(query).expect(200);
    return body as { items: Item[]; nextCursor: string | null };
  };

  /** Every item from the first page to the last. `between` runs after each page. */
  async function all(
    query: Record<string, unknown>,
    between?: (items: Item[]) => Promise<unknown>,
  ): Promise<Item[]> {
    const items: Item[] = [];
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
    // Seven items share each point in time, so that pages also end in the middle of one.
    await asSuperuser(superuser, names.database, (client) =>
      client.query(
        `insert into work_items (title, status, due_date, created_at)
         select 'Number ' || n, case when n % 3 = 0 then 'done' else 'open' end,
           case when n % 2 = 0 then date '2028-02-01' + n end, timestamptz '2026-01-01' + n / 7 * interval '1 ms'
         from generate_series(1, $1::int) n`,
        [total],
      ),
    );
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
      await call().post(path).send({ title: 'Came meanwhile' }).expect(201);
    });
    expect(seen.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect((await all({ limit: 100 })).filter(({ id }) => removed.has(id))).toEqual([]);
  });

  it('may be filtered', async () => {
    const [everything, done, due, both] = [
      await all({ limit: 100 }),
      await all({ limit: 9, status: 'done' }),
      await all({ limit: 9, dueBefore: '2028-03-01' }),
      await all({ limit: 9, status: 'done', dueBefore: '2028-03-01' }),
    ];
    expect(done).toEqual(everything.filter(isDone));
    expect(due).toEqual(everything.filter(isDue));
    expect(both).toEqual(everything.filter((item) => isDone(item) && isDue(item)));
    expect(both.length).toBeGreaterThan(2);
  });

  it.each([{ status: 'closed' }, { dueBefore: '2023-02-29' }, { dueBefore: 'tomorrow' }, { priority: 1 }])(
    'can’t be filtered by %j',
    async (query) => {
      expectProblem(await call().get(path).query(query), 'invalid_parameter');
    },
  );
});
