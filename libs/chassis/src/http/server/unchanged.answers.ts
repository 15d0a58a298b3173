import type { FastifyInstance } from 'fastify';

/**
 * Drops the `content-length: 0` that the framework gives to a HEAD without a body: on a 304 it would be a statement
 * about the body of the 200 (RFC 9110 section 8.6). Must see the server before its routes are added.
 */
export function sendNoLengthWhenUnchanged(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    const last = [route.onSend ?? []].flat();
    route.onSend = [
      ...last,
      (_request, reply, payload, done) => {
        if (reply.statusCode === 304) {
          reply.removeHeader('content-length');
        }
        done(null, payload);
      },
    ];
  });
}
