import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from '../telemetry/index.ts';
import type { Lifecycle } from './lifecycle.ts';

interface Page {
  status: number;
  type: string;
  body: string;
}

type Route = () => Page | Promise<Page>;

/**
 * Probes and metrics on a port of their own, which callers can't reach. No probe looks at Postgres or Vault: all
 * replicas share them, so a probe that fails with them would take every replica away at once.
 */
export class ManagementServer {
  readonly #server: Server;

  constructor(lifecycle: Lifecycle, metrics: Metrics) {
    const routes: Readonly<Record<string, Route>> = {
      '/startupz': () => explained(lifecycle, lifecycle.state !== 'starting'),
      '/livez': () => plain(200, lifecycle.state),
      '/readyz': () => explained(lifecycle, lifecycle.state === 'ready'),
      '/metrics': async () => ({
        status: 200,
        type: metrics.registry.contentType,
        body: await metrics.registry.metrics(),
      }),
    };
    this.#server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, listener(routes));
  }

  /** @returns the port it listens on */
  async listen(port: number, address: string): Promise<number> {
    this.#server.listen(port, address);
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

function listener(routes: Readonly<Record<string, Route>>): RequestListener {
  return async (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const { status, type, body } = await answer(isRead ? (route ?? notFound) : notAllowed);
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  };
}

async function answer(route: Route): Promise<Page> {
  try {
    return await route();
  } catch {
    return plain(500, 'failed');
  }
}

const notFound: Route = () => plain(404, 'not found');
const notAllowed: Route = () => plain(405, 'method not allowed');

/** The state, then why it isn't better. */
function explained(lifecycle: Lifecycle, passes: boolean): Page {
  return plain(passes ? 200 : 503, [lifecycle.state, ...lifecycle.problems].join('\n'));
}

function plain(status: number, body: string): Page {
  return { status, type: 'text/plain; charset=utf-8', body: `${body}\n` };
}
