import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RequestTraffic } from './request.traffic.ts';
import { trafficSummary } from './rotation.summary.ts';

describe('traffic', () => {
  let server: Server;
  let url: string;
  let status = 200;
  const keys = new Set<string | undefined>();

  beforeEach(async () => {
    status = 200;
    keys.clear();
    server = createServer((request, response) => {
      keys.add(request.headers['x-api-key']?.toString());
      if (status === 0) request.socket.destroy();
      else response.writeHead(status).end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  it('counts requests in stretches and all together', async () => {
    const traffic = new RequestTraffic(url, 'a key', 3);
    await expect.poll(() => traffic.total().requests).toBeGreaterThan(5);
    const first = traffic.window();
    await expect.poll(() => traffic.total().requests).toBeGreaterThan(first.requests);
    const second = traffic.window();
    await traffic.stop();
    const rest = traffic.window();
    const { requests, failed, p99 } = traffic.total();
    expect(first.requests + second.requests + rest.requests).toBe(requests);
    expect(failed).toBe(0);
    expect(p99).toBeGreaterThan(0);
    expect(trafficSummary(traffic)).toMatch(/^\d+ requests, 0 failed, p99 [\d.]+ ms$/);
  });

  it('counts what is not answered with 200 as failed, by reason', async () => {
    const traffic = new RequestTraffic(url, 'a key', 1);
    await expect.poll(() => traffic.total().requests).toBeGreaterThan(0);
    status = 503;
    await expect.poll(() => traffic.failures()).toMatch(/^503 × \d+$/);
    status = 0;
    await expect.poll(() => traffic.failures()).toMatch(/UND_ERR_SOCKET × \d+|ECONNRESET × \d+/);
    await traffic.stop();
    expect(trafficSummary(traffic)).toMatch(/, [1-9]\d* failed \(.*503 × \d+.*\), p99/);
  });

  it('changes its key from one request to the next, and probes outside of its figures', async () => {
    const traffic = new RequestTraffic(url, 'an old key', 2);
    await expect.poll(() => keys.has('an old key')).toBe(true);
    traffic.apiKey = 'a new key';
    await expect.poll(() => keys.has('a new key')).toBe(true);
    await traffic.stop();
    const { requests } = traffic.total();
    await expect(traffic.probe('another key')).resolves.toBe(200);
    expect(traffic.total().requests).toBe(requests);
  });

  it('has no 99th percentile without requests', () => {
    const summary = trafficSummary({
      total: () => ({ requests: 0, failed: 0, p99: undefined }),
      failures: () => '',
    });
    expect(summary).toBe('0 requests, 0 failed, p99 –');
  });
});
