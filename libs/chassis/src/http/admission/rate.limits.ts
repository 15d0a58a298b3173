import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { HttpConfiguration } from '../server/http.configuration.ts';
import { Problem } from '../problems/index.ts';

/** Counts one event and throws `rate_limited` when its window is full. */
type Limit = (request: FastifyRequest) => Promise<void>;

export interface RateLimits {
  /** Requests of one caller, or of one address where no key is asked for. */
  requests: Limit;
  /** Refused keys of one address. Only refusals count, so a neighbour's wrong keys never lock out a right one. */
  refusals: Limit;
}

const minute = 60_000;

/** Windows of one minute, counted in this process: with n replicas a caller gets up to n times the limit. */
export async function createRateLimits(
  server: FastifyInstance,
  configuration: HttpConfiguration,
): Promise<RateLimits> {
  const { RATE_LIMIT_PER_MINUTE, RATE_LIMIT_REFUSALS_PER_MINUTE } = configuration;
  await server.register(rateLimit, { global: false });
  // Each has counters of its own, the latest 5,000: a flood of addresses pushes no caller's out.
  const callers = limit(server, RATE_LIMIT_PER_MINUTE, ({ caller }) => String(caller));
  const addresses = limit(server, RATE_LIMIT_PER_MINUTE);
  return {
    requests: (request) => (request.caller === null ? addresses(request) : callers(request)),
    refusals: limit(server, RATE_LIMIT_REFUSALS_PER_MINUTE),
  };
}

/** @param keyOf whom a request counts for; by default its address, in IPv6 its network of 64 bits */
function limit(server: FastifyInstance, max: number, keyOf?: (request: FastifyRequest) => string): Limit {
  const check = server.createRateLimit({
    max,
    timeWindow: minute,
    ...(keyOf !== undefined && { keyGenerator: keyOf }),
  });
  return async (request) => {
    const result = await check(request);
    if (!result.isAllowed && result.isExceeded) {
      throw new Problem('rate_limited', {
        headers: { 'retry-after': String(Math.max(1, result.ttlInSeconds)) },
      });
    }
  };
}
