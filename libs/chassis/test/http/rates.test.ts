import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem, startTestService, type TestService } from '../../testing/index.ts';
import { addKeys } from './fixture/caller.keys.ts';
import { notesApi } from './fixture/notes.definition.ts';

const neighbour = 'the-key-of-another-caller';
const perMinute = 10;
const refusalsPerMinute = 3;

// One service, and in this order: each test leaves full what it has filled.
describe('a rate limit', () => {
  let service: TestService;
  const get = (key: string, path = '/v1/notes') => request(service.url).get(path).set('x-api-key', key);

  beforeAll(async () => {
    service = await startTestService(notesApi, {
      environment: {
        RATE_LIMIT_PER_MINUTE: String(perMinute),
        RATE_LIMIT_REFUSALS_PER_MINUTE: String(refusalsPerMinute),
      },
      prepare: ({ secretsDirectory }) => addKeys(secretsDirectory, { neighbour }),
    });
  });
  afterAll(() => service.stop());

  it('refuses the caller who exceeds it, and nobody else', async () => {
    for (let n = 0; n < perMinute; n++) {
      await get(service.apiKey).expect(200);
    }
    const refused = await get(service.apiKey);
    expectProblem(refused, 'rate_limited');
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    // Another route is no way around it.
    expectProblem(await get(service.apiKey, '/v1/unknown'), 'rate_limited');
    await get(neighbour).expect(200);
  });

  it('counts wrong keys by address, whatever the caller says it is, and never locks out a right one', async () => {
    for (let n = 0; n < refusalsPerMinute; n++) {
      expectProblem(await get('a-wrong-key').set('x-forwarded-for', `192.0.2.${n}`), 'unauthenticated');
    }
    expectProblem(await get('a-wrong-key').set('x-forwarded-for', '192.0.2.99'), 'rate_limited');
    expectProblem(await request(service.url).get('/v1/notes'), 'rate_limited');
    await get(neighbour).expect(200);
  });

  it('counts by address where no key is asked for', async () => {
    for (let n = 0; n < perMinute; n++) {
      await request(service.url).get('/openapi.json').expect(200);
    }
    expectProblem(await request(service.url).get('/openapi.json'), 'rate_limited');
    await get(neighbour).expect(200);
  });
});
