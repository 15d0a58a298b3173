import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import { createServer as createSecureServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { VaultClient } from '../../src/secrets/vault/client/vault.client.ts';
import { createTransport } from '../../src/secrets/vault/transport/vault.transport.ts';

/** A client as the service has it. */
export function clientOf(address: string, options: { caFile?: string; timeout?: number } = {}): VaultClient {
  const { caFile, timeout = 2_000 } = options;
  return new VaultClient({ address, namespace: undefined, transport: createTransport({ timeout, caFile }) });
}

export interface Listener {
  address: string;
  /** Method and target of each request. */
  seen: string[];
  /** Each token that came. */
  tokens: unknown[];
  close(): void;
}

/** Answers every request with an empty success, over TLS when there is a certificate. */
export async function listen(tls?: TlsOptions): Promise<Listener> {
  const server: HttpServer | HttpsServer = tls === undefined ? createServer() : createSecureServer(tls);
  const seen: string[] = [];
  const tokens: unknown[] = [];
  server.on(
    'request',
    (
      request: { method?: string; url?: string; headers: object },
      response: { end: (text: string) => void },
    ) => {
      seen.push(`${request.method} ${request.url}`);
      tokens.push((request.headers as Record<string, unknown>)['x-vault-token']);
      response.end('{}');
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const scheme = tls === undefined ? 'http' : 'https';
  return {
    address: `${scheme}://127.0.0.1:${port}`,
    seen,
    tokens,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
