import request from 'supertest';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { expectProblem, startTestService, type TestService } from '../../testing/index.ts';
import { heldRequests } from './fixture/held.requests.ts';
import { notesApi } from './fixture/notes.definition.ts';

describe('a service with too much to do', () => {
  let service: TestService;
  const get = (path: string) => request(service.url).get(path).set('x-api-key', service.apiKey);
  const start = async (environment: Record<string, string>) => {
    service = await startTestService(notesApi, { environment });
  };

  afterEach(() => service.stop());

  it('refuses requests past the limit and recovers', async () => {
    await start({ HTTP_MAX_CONCURRENT_REQUESTS: '3' });
    const held = [1, 2, 3].map(async () => get('/v1/faults/held'));
    await vi.waitFor(() => expect(heldRequests.count).toBe(3), 5_000);
    expectProblem(await get('/v1/notes'), 'overloaded');
    expectProblem(await request(service.url).get('/v1/notes'), 'overloaded');
    heldRequests.releaseAll();
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200, 200]);
    await get('/v1/notes').expect(200);
  });

  it('refuses requests while its event loop is busy and recovers', async () => {
    await start({ HTTP_MAX_EVENT_LOOP_DELAY_MS: '50' });
    await get('/v1/notes').expect(200);
    const spinning = [1, 2, 3].map(async () => get('/v1/faults/spin'));
    await vi.waitFor(async () => expectProblem(await get('/v1/notes'), 'overloaded'), 10_000);
    await Promise.all(spinning);
    await vi.waitFor(() => get('/v1/notes').expect(200), 10_000);
  });

  it('is alive and ready all the same', async () => {
    await start({ HTTP_MAX_CONCURRENT_REQUESTS: '1' });
    const held = Promise.all([1].map(async () => get('/v1/faults/held')));
    await vi.waitFor(() => expect(heldRequests.count).toBe(1), 5_000);
    expectProblem(await get('/v1/notes'), 'overloaded');
    await request(service.managementUrl).get('/livez').expect(200);
    await request(service.managementUrl).get('/readyz').expect(200);
    heldRequests.releaseAll();
    await held;
  });
});
