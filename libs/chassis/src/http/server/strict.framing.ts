import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems/index.ts';

/**
 * Refuses what Node's parser lets through although somebody in front may read it differently, which is how requests
 * are smuggled (RFC 9112 sections 3.2, 6.1 and 11.2). What follows on the same connection is not executed either: it
 * may be a part of the first request.
 */
export function refuseAmbiguousFraming(server: FastifyInstance): void {
  const distrusted = new WeakSet<Socket>();
  server.addHook('onRequest', (request, reply, done) => {
    const { raw } = request;
    if (!isAmbiguous(raw) && !distrusted.has(raw.socket)) {
      done();
      return;
    }
    distrusted.add(raw.socket);
    reply.header('connection', 'close');
    done(new Problem('malformed_request'));
  });
}

function isAmbiguous({ headersDistinct, httpVersion }: IncomingMessage): boolean {
  const { host = [], 'transfer-encoding': codings = [] } = headersDistinct;
  const isCurrent = httpVersion === '1.1';
  const isBadlyAddressed = host.length > 1 || (isCurrent && host.length === 0);
  const isBadlyFramed = codings.length > 0 && !(isCurrent && codings.join().toLowerCase() === 'chunked');
  return isBadlyAddressed || isBadlyFramed;
}
