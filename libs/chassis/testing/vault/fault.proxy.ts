import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Call {
  method: string;
  path: string;
  /** Of `X-Vault-Token`. */
  token: string | undefined;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What happens to a request instead of being passed on; `forward` passes it on. */
export type Fault = (response: ServerResponse, call: Call, forward: () => void) => void;

/** A way to Vault on which everything can go wrong. */
export interface FaultProxy {
  address: string;
  /** All that came, in order. */
  calls: Call[];
  /** Undefined passes everything on. */
  fault: Fault | undefined;
  /** Stops listening, and breaks what is under way: connections are refused. */
  refuse(): Promise<void>;
  accept(): Promise<void>;
  close(): Promise<void>;
}

/** @param target like `http://127.0.0.1:8200` */
export async function openFaultProxy(target: string): Promise<FaultProxy> {
  const proxy: FaultProxy = { address: '', calls: [], fault: undefined, refuse, accept, close: refuse };
  const onRequest: RequestListener = (incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    const token = headers['x-vault-token'];
    const call = { method, path: url, token: typeof token === 'string' ? token : undefined, headers };
    proxy.calls.push(call);
    const forward = () => pass(target, incoming, response);
    if (proxy.fault === undefined) {
      forward();
    } else {
      proxy.fault(response, call, forward);
    }
  };
  let port = 0;
  let server = createServer(onRequest);
  async function accept() {
    server = createServer(onRequest).listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  }
  async function refuse() {
    if (server.listening) {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    }
  }
  await accept();
  proxy.address = `http://127.0.0.1:${port}`;
  return proxy;
}

function pass(target: string, incoming: IncomingMessage, response: ServerResponse): void {
  const outgoing = request(new URL(incoming.url ?? '', target), {
    method: incoming.method,
    headers: incoming.headers,
  });
  outgoing.on('error', () => response.destroy());
  outgoing.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  incoming.pipe(outgoing);
}
