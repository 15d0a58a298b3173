import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem, startTestService, type TestService } from '../../testing/index.ts';
import { addKeys } from './fixture/caller.keys.ts';
import { notesApi } from './fixture/notes.definition.ts';
import { RawConnection } from './wire/raw.connection.ts';
import { rawRequest } from './wire/raw.request.ts';

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

describe('a rate limit behind a proxy', () => {
  let service: TestService;
  const get = (key: string, address: string) =>
    request(service.url).get('/v1/notes').set('x-api-key', key).set('x-forwarded-for', address);

  beforeAll(async () => {
    service = await startTestService(notesApi, {
      environment: {
        HTTP_TRUSTED_PROXIES: '127.0.0.1',
        RATE_LIMIT_PER_MINUTE: '2',
        RATE_LIMIT_REFUSALS_PER_MINUTE: String(refusalsPerMinute),
      },
    });
  });
  afterAll(() => service.stop());

  it('counts the addresses of one IPv6 network as one', async () => {
    for (let n = 0; n < refusalsPerMinute; n++) {
      expectProblem(await get('a-wrong-key', `2001:db8:0:1::${n}`), 'unauthenticated');
    }
    expectProblem(await get('a-wrong-key', '2001:db8:0:1:ffff::1'), 'rate_limited');
    expectProblem(await get('a-wrong-key', '2001:db8:0:2::1'), 'unauthenticated');
  });

  it('remembers a caller through a flood of addresses', async () => {
    await get(service.apiKey, '192.0.2.1').expect(200);
    await get(service.apiKey, '192.0.2.1').expect(200);
    for (let network = 0; network < 52; network++) {
      const connection = await RawConnection.open(service.url);
      const addresses = Array.from({ length: 100 }, (_, n) => `x-forwarded-for: 10.0.${network}.${n}`);
      const requests = addresses.map((header) => rawRequest({ target: '/docs/unknown', headers: [header] }));
      connection.write(Buffer.concat(requests));
      const [answer] = await connection.received(100);
      expectProblem(answer!, 'not_found');
      connection.reset();
    }
    expectProblem(await get(service.apiKey, '192.0.2.1'), 'rate_limited');
  }, 60_000);
});
