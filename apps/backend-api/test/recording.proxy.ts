import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface RecordingProxy {
  address: string;
  /** Every secret that has passed: tokens, lease ids, passwords, keys and the login's own. */
  secrets(): string[];
  close(): Promise<void>;
}

const secretFields = new Set(['client_token', 'accessor', 'lease_id', 'password', 'secret_id', 'role_id']);

/** Stands between a service and its Vault and notes what must not be seen anywhere else. */
export async function openRecordingProxy(target: string): Promise<RecordingProxy> {
  const seen = new Set<string>();
  const note = (value: unknown, name = ''): void => {
    if (typeof value === 'string' && value !== '' && secretFields.has(name)) {
      seen.add(value);
    } else if (typeof value === 'object' && value !== null) {
      Object.entries(value).forEach(([field, inner]) => note(inner, field));
    }
  };
  const noteBody = (body: string) => {
    if (body !== '') {
      note(JSON.parse(body));
    }
  };
  const server = createServer(async (request, response) => {
    const body = await text(request);
    noteBody(body);
    note(request.headers['x-vault-token'], 'client_token');
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method,
      headers: { 'x-vault-token': String(request.headers['x-vault-token'] ?? ''), 'x-vault-request': 'true' },
      ...(body !== '' && { body }),
    });
    const content = await answer.text();
    noteBody(content);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(content);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secrets: () => [...seen],
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
