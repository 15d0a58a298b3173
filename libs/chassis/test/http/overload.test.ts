import request from 'supertest';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { expectProblem, startTestService, type TestService } from '../../testing/index.ts';
import { addKeys } from './fixture/caller.keys.ts';
import { heldRequests } from './fixture/held.requests.ts';
import { notesApi } from './fixture/notes.definition.ts';
import { RawConnection } from './wire/raw.connection.ts';

const neighbour = 'the-key-of-another-caller';

describe('a service with too much to do', () => {
  let service: TestService;
  const get = (path: string, key = service.apiKey) => request(service.url).get(path).set('x-api-key', key);
  const start = async (environment: Record<string, string>) => {
    service = await startTestService(notesApi, {
      environment,
      prepare: ({ secretsDirectory }) => addKeys(secretsDirectory, { neighbour }),
    });
  };

  afterEach(() => service.stop());

  it('refuses requests past the limit and recovers', async () => {
    await start({ HTTP_MAX_CONCURRENT_REQUESTS: '4' });
    const keys = [service.apiKey, service.apiKey, neighbour, neighbour];
    const held = keys.map(async (key) => get('/v1/faults/held', key));
    await vi.waitFor(() => expect(heldRequests.count).toBe(4), 5_000);
    expectProblem(await get('/v1/notes'), 'overloaded');
    expectProblem(await request(service.url).get('/v1/notes'), 'overloaded');
    heldRequests.releaseAll();
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await get('/v1/notes').expect(200);
  });

  it('refuses the caller who keeps half of it busy, serves the others, and forgets', async () => {
    await start({ HTTP_MAX_CONCURRENT_REQUESTS: '6' });
    for (let round = 0; round < 2; round++) {
      const held = [1, 2, 3].map(async () => get('/v1/faults/held'));
      await vi.waitFor(() => expect(heldRequests.count).toBe(3), 5_000);
      for (let n = 0; n < 10; n++) {
        expectProblem(await get('/v1/notes'), 'rate_limited');
        await get('/v1/notes', neighbour).expect(200);
      }
      heldRequests.releaseAll();
      await Promise.all(held);
      await get('/v1/notes').expect(200);
    }
  });

  it('accepts only so many connections, silent ones too', async () => {
    await start({ HTTP_MAX_CONCURRENT_REQUESTS: '1' });
    const silent = [];
    for (let n = 0; n < 4; n++) {
      silent.push(await RawConnection.open(service.url));
    }
    const surplus = await RawConnection.open(service.url);
    expect(await surplus.closed()).toEqual([]);
    expect(silent.map(({ isClosed }) => isClosed)).toEqual([false, false, false, false]);
    for (const connection of silent) {
      connection.reset();
    }
    await vi.waitFor(() => get('/v1/notes').expect(200), 5_000);
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
