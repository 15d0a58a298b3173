import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { expectProblem, startTestService, type TestService } from '../../testing/index.ts';
import { addKeys } from './fixture/caller.keys.ts';
import { notesApi } from './fixture/notes.definition.ts';

const neighbour = 'the-key-of-another-caller';

describe('a rate limit', () => {
  let service: TestService;
  const start = async (environment: Record<string, string>) => {
    service = await startTestService(notesApi, {
      environment,
      prepare: ({ secretsDirectory }) => addKeys(secretsDirectory, { neighbour }),
    });
  };
  const get = (key: string, path = '/v1/notes') => request(service.url).get(path).set('x-api-key', key);

  afterEach(() => service.stop());

  it('refuses the caller who exceeds it, and nobody else', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: '5' });
    for (let n = 0; n < 5; n++) {
      await get(service.apiKey).expect(200);
    }
    const refused = await get(service.apiKey);
    expectProblem(refused, 'rate_limited');
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    // Other routes are no way around it.
    expectProblem(await get(service.apiKey, '/v1/unknown'), 'rate_limited');
    await get(neighbour).expect(200);
  });

  it('counts wrong keys by address and never locks out a right one', async () => {
    await start({ RATE_LIMIT_REFUSALS_PER_MINUTE: '3' });
    for (let n = 0; n < 3; n++) {
      expectProblem(await get('a-wrong-key'), 'unauthenticated');
    }
    expectProblem(await get('a-wrong-key'), 'rate_limited');
    expectProblem(await request(service.url).get('/v1/notes'), 'rate_limited');
    await get(service.apiKey).expect(200);
  });

  it('counts by address where no key is asked for', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: '2' });
    await request(service.url).get('/openapi.json').expect(200);
    await request(service.url).get('/openapi.json').expect(200);
    expectProblem(await request(service.url).get('/openapi.json'), 'rate_limited');
    await get(service.apiKey).expect(200);
  });

  it('believes no forwarded address from a stranger', async () => {
    await start({ RATE_LIMIT_REFUSALS_PER_MINUTE: '1' });
    const answers = [];
    for (const address of ['192.0.2.1', '192.0.2.2']) {
      answers.push(await get('a-wrong-key').set('x-forwarded-for', address));
    }
    expect(answers.map(({ status }) => status)).toEqual([401, 429]);
  });
});
