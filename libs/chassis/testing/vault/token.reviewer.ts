import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

const namespace = 'services';
const account = 'backend';

/** Stands in for the API server of Kubernetes: says whether a service account's token is good for an audience. */
export interface TokenReviewer {
  address: string;
  namespace: string;
  account: string;
  /** Ids of the tokens that were reviewed. */
  reviewed: string[];
  close(): void;
}

interface Review {
  spec: { token: string; audiences?: string[] };
}

export async function openTokenReviewer(): Promise<TokenReviewer> {
  const reviewed: string[] = [];
  const server = createServer((request, response) => {
    void (json(request) as Promise<Review>).then(({ spec }) => {
      const payload = spec.token.split('.')[1] ?? '';
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
        jti: string;
        aud: string[];
      };
      reviewed.push(claims.jti);
      const audiences = (spec.audiences ?? []).filter((audience) => claims.aud.includes(audience));
      const user = { username: `system:serviceaccount:${namespace}:${account}`, uid: 'uid-1', groups: [] };
      const status =
        audiences.length > 0 ? { authenticated: true, user, audiences } : { authenticated: false };
      response.writeHead(201, { 'content-type': 'application/json' });
      return response.end(
        JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', status }),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address, namespace, account, reviewed, close: () => server.close() };
}

/** A token as the kubelet projects it, with a signature that nobody checks here. */
export function projectedToken(id: string, audience: string): string {
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: 'https://kubernetes.default.svc',
    sub: `system:serviceaccount:${namespace}:${account}`,
    aud: [audience],
    iat: now,
    nbf: now,
    exp: now + 600,
    jti: id,
    'kubernetes.io': { namespace, serviceaccount: { name: account, uid: 'uid-1' } },
  };
  const signature = Buffer.from(`signature of ${id}`.repeat(20)).toString('base64url');
  return `${part({ alg: 'RS256', kid: 'x', typ: 'JWT' })}.${part(claims)}.${signature}`;
}

function part(content: object): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}
