import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problems/index.ts';
import { mediaTypesOf } from './json.body.ts';

/** Refuses a body for what its headers say, before it is invited or read. Routes that take no body never get here. */
export function refuseUnwantedBodies(server: FastifyInstance): void {
  server.addHook('preParsing', (request, reply, _payload, done) => {
    const refusal = hasBody(request) ? refusalOf(request) : undefined;
    if (refusal === undefined) {
      done();
      return;
    }
    // The body may be on its way already.
    reply.header('connection', 'close');
    done(refusal);
  });
}

/** As the framework decides whether to parse one. */
function hasBody({ method, headers }: FastifyRequest): boolean {
  const isAnnounced =
    headers['content-type'] !== undefined ||
    headers['transfer-encoding'] !== undefined ||
    Number(headers['content-length'] ?? 0) > 0;
  return isAnnounced && method !== 'GET' && method !== 'HEAD';
}

function refusalOf({ method, headers, routeOptions }: FastifyRequest): Problem | undefined {
  const coding = headers['content-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'identity') {
    const detail = 'send the body without a content coding';
    return new Problem('unsupported_media_type', { detail, headers: { 'accept-encoding': 'identity' } });
  }
  const types = mediaTypesOf(method);
  const [type = ''] = (headers['content-type'] ?? '').split(';', 1);
  if (!types.includes(type.trim().toLowerCase())) {
    const accepted = types.join(', ');
    return new Problem('unsupported_media_type', {
      detail: `send ${accepted}`,
      headers: method === 'PATCH' ? { 'accept-patch': accepted } : {},
    });
  }
  return Number(headers['content-length'] ?? 0) > routeOptions.bodyLimit
    ? new Problem('body_too_large')
    : undefined;
}
