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
  await server.register(rateLimit, { global: false });
  return {
    requests: limit(server, configuration.RATE_LIMIT_PER_MINUTE, (request) =>
      request.caller === null ? `address ${request.ip}` : `caller ${request.caller}`,
    ),
    refusals: limit(server, configuration.RATE_LIMIT_REFUSALS_PER_MINUTE, (request) => request.ip),
  };
}

function limit(
  server: FastifyInstance,
  max: number,
  keyGenerator: (request: FastifyRequest) => string,
): Limit {
  const check = server.createRateLimit({ max, timeWindow: minute, keyGenerator });
  return async (request) => {
    const result = await check(request);
    if (!result.isAllowed && result.isExceeded) {
      throw new Problem('rate_limited', {
        headers: { 'retry-after': String(Math.max(1, result.ttlInSeconds)) },
      });
    }
  };
}
