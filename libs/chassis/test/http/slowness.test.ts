import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectProblem, startTestService, type TestService } from '../../testing/index.ts';
import { notesApi } from './fixture/notes.definition.ts';
import { RawConnection } from './wire/raw.connection.ts';
import { json, keyOf, rawRequest } from './wire/raw.request.ts';

const headersTimeout = 500;
const requestTimeout = 1_000;
/** The timeouts are looked at every half second. */
const checkInterval = 500;
const slack = 4_000;

/** Sends a byte now and then until the connection closes; returns how long that took. */
async function trickle(connection: RawConnection, bytes: string): Promise<number> {
  const began = performance.now();
  for (let n = 0; !connection.isClosed && n < 400; n++) {
    connection.write(bytes);
    await delay(50);
  }
  return performance.now() - began;
}

describe('a slow caller', () => {
  let service: TestService;
  const open = () => RawConnection.open(service.url);
  const longPost = () =>
    rawRequest({ method: 'POST', headers: [keyOf(service), json, 'content-length: 1000'], body: '{"text":' });

  beforeAll(async () => {
    service = await startTestService(notesApi, {
      environment: {
        HTTP_HEADERS_TIMEOUT_MS: String(headersTimeout),
        HTTP_REQUEST_TIMEOUT_MS: String(requestTimeout),
        HTTP_KEEP_ALIVE_TIMEOUT_MS: '1000',
      },
    });
  });
  afterAll(() => service.stop());

  it.concurrent('of headers is cut off', async () => {
    const connection = await open();
    connection.write('GET /v1/notes HTTP/1.1\r\nhost: localhost\r\n');
    const [answer] = await connection.closed();
    expectProblem(answer!, 'request_timeout');
    expect(answer?.headers['connection']).toEqual(['close']);
  });

  it.concurrent('of a body is cut off', async () => {
    const connection = await open();
    connection.write(longPost());
    const answers = await connection.closed();
    expect(answers).toHaveLength(1);
    expectProblem(answers[0]!, 'request_timeout');
  });

  it.concurrent('who trickles headers is cut off as early', async () => {
    const connection = await open();
    connection.write('GET /v1/notes HTTP/1.1\r\nhost: localhost\r\n');
    expect(await trickle(connection, 'x-slow: 1\r\n')).toBeLessThan(headersTimeout + checkInterval + slack);
    expectProblem(connection.responses[0]!, 'request_timeout');
  });

  it.concurrent('who trickles a body is cut off as early', async () => {
    const connection = await open();
    connection.write(longPost());
    expect(await trickle(connection, ' ')).toBeLessThan(requestTimeout + checkInterval + slack);
    expectProblem(connection.responses[0]!, 'request_timeout');
  });

  it.concurrent('who never closes is let go all the same', async () => {
    const connection = await RawConnection.open(service.url, { allowHalfOpen: true });
    connection.write('garbage\r\n\r\n');
    expectProblem((await connection.closed())[0]!, 'malformed_request');
    expect(connection.isDestroyed).toBe(false);
    // Once the server has let go, what still comes is answered by a reset.
    await vi.waitFor(
      () => {
        connection.write('more');
        expect(connection.isDestroyed).toBe(true);
      },
      { timeout: 5_000, interval: 100 },
    );
  });

  it.concurrent(
    'whose body is refused unread gets one answer, and no second one when it never comes',
    async () => {
      const connection = await open();
      connection.write(rawRequest({ method: 'POST', headers: [json, 'content-length: 1000'] }));
      const answers = await connection.closed();
      expect(answers).toHaveLength(1);
      expectProblem(answers[0]!, 'unauthenticated');
    },
  );

  it('leaves nothing in flight', async () => {
    await vi.waitFor(async () => {
      const metrics = await (await fetch(`${service.managementUrl}/metrics`)).text();
      expect(metrics).toMatch(/^http_server_active_requests 0$/m);
    }, 5_000);
  });

  it('is fine when fast enough', async () => {
    const connection = await open();
    const bytes = rawRequest({ method: 'POST', headers: [keyOf(service), json], body: '{"text":"a"}' });
    for (let at = 0; at < bytes.length; at += 40) {
      connection.write(bytes.subarray(at, at + 40));
      await delay(10);
    }
    expect(await connection.received(1)).toMatchObject([{ status: 201 }]);
    connection.reset();
  });
});

describe('a request timeout below that of headers', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService(notesApi, { environment: { HTTP_REQUEST_TIMEOUT_MS: '500' } });
  });
  afterAll(() => service.stop());

  it.concurrent.each([
    ['headers', 'GET /v1/notes HTTP/1.1\r\nhost: localhost\r\n'],
    ['a body', 'POST /v1/notes HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n'],
  ])('holds for %s too', async (part, start) => {
    const key = part === 'headers' ? '' : `${keyOf(service)}\r\n${json}\r\n\r\n`;
    const connection = await RawConnection.open(service.url);
    connection.write(start + key);
    // Well before the ten seconds that headers have by default.
    expectProblem((await connection.closed())[0]!, 'request_timeout');
  });
});
