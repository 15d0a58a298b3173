import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger, Metrics } from '../../telemetry/index.ts';
import type { InFlight } from '../admission/in.flight.ts';

export interface RequestLogOptions {
  inFlight: InFlight;
  logger: Logger;
  metrics: Metrics;
}

/** Call it first of all for each request. */
export type ObserveRequest = (request: FastifyRequest, reply: FastifyReply) => void;

/** One line and one observation per request, at the end of its response. The route template stands for the path. */
export function createRequestLog({ inFlight, logger, metrics }: RequestLogOptions): ObserveRequest {
  return (request, reply) => {
    reply.header('x-request-id', request.id);
    metrics.requestsInFlight.inc();
    inFlight.track(request, reply, (finished) => {
      metrics.requestsInFlight.dec();
      record(request, reply, finished);
    });
  };

  function record(request: FastifyRequest, reply: FastifyReply, finished: boolean): void {
    const seconds = reply.elapsedTime / 1_000;
    const route = request.routeOptions.url ?? 'unmatched';
    // A client that left before the end got no status.
    const status = finished ? String(reply.statusCode) : 'aborted';
    metrics.requestDuration.observe({ method: request.method, route, status }, seconds);
    logger.info('request', {
      trace_id: request.id,
      'http.request.method': request.method,
      'http.route': route,
      ...(finished
        ? { 'http.response.status_code': reply.statusCode }
        : { 'error.type': 'client_disconnected' }),
      'http.server.request.duration': seconds,
      'client.address': request.ip,
      ...(typeof request.caller === 'string' && { 'peer.service': request.caller }),
    });
  }
}
