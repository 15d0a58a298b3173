import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type FakeAnswer, type FakeVault, refused } from './fake.vault.ts';
import type { FakeGrant } from './fake.grants.ts';

export interface FakeServer {
  address: string;
  close(): Promise<void>;
}

/** A fake Vault over HTTP, at the paths of the real one; trusted only because the real one passes the same tests. */
export async function serveFakeVault(vault: FakeVault): Promise<FakeServer> {
  const server = createServer((request, response) => {
    void answerTo(vault, request)
      .catch((): FakeAnswer => ({ status: 500, body: { errors: ['1 error occurred'] } }))
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        return response.end(body === undefined ? undefined : JSON.stringify(body));
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answerTo(vault: FakeVault, request: IncomingMessage): Promise<FakeAnswer> {
  const body = await text(request);
  const content = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>;
  const path = (request.url ?? '').slice('/v1/'.length);
  if (vault.isSealed) {
    return { status: 503, body: { errors: ['Vault is sealed'] } };
  }
  if (path === 'auth/approle/login') {
    return vault.logIn(content);
  }
  const token = vault.tokens.get(String(request.headers['x-vault-token']));
  return token === undefined || token.isOverdue ? refused : authorized(vault, token, path, content);
}

async function authorized(
  vault: FakeVault,
  token: FakeGrant,
  path: string,
  content: Record<string, unknown>,
): Promise<FakeAnswer> {
  const group = /^database\/creds\/([^/]+)$/.exec(path)?.[1];
  if (group !== undefined) {
    return vault.issue(token, path, group);
  }
  if (path.startsWith('database/static-creds/')) {
    return vault.readStatic();
  }
  if (path.startsWith('secret/data/')) {
    return vault.readSecret();
  }
  const routes: Readonly<Record<string, () => FakeAnswer | Promise<FakeAnswer>>> = {
    'auth/token/lookup-self': () => vault.lookUp(token),
    'auth/token/renew-self': () => vault.renewToken(token, content),
    'auth/token/revoke-self': () => vault.revokeToken(token),
    'sys/leases/renew': () => vault.renewLease(content),
    'sys/leases/revoke': () => vault.revokeLease(String(content['lease_id'])),
  };
  return routes[path]?.() ?? refused;
}
