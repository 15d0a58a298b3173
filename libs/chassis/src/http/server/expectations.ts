import type { FastifyInstance } from 'fastify';

/**
 * `Expect: 100-continue` invites the body only once its sender is admitted and its headers are right; Node would invite
 * everybody's. Any other expectation is ignored, as RFC 9110 section 10.1.1 allows, because Node's own 417 is no
 * problem document.
 */
export function addExpectations(server: FastifyInstance): void {
  for (const event of ['checkContinue', 'checkExpectation']) {
    server.server.on(event, (...exchange: unknown[]) => void server.server.emit('request', ...exchange));
  }
  server.addHook('preParsing', (request, reply, _payload, done) => {
    if (request.headers.expect?.toLowerCase() === '100-continue') {
      reply.raw.writeContinue();
    }
    done();
  });
}
