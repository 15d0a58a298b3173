import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../../telemetry/index.ts';
import { Problem, problemOf } from '../problems/index.ts';
import type { HttpConfiguration } from '../server/http.configuration.ts';
import { AllowedMethods } from './allowed.methods.ts';
import type { ApiKeys } from './api.keys.ts';
import { authenticate } from './authentication.ts';
import { CallerShares } from './caller.shares.ts';
import type { InFlight } from './in.flight.ts';
import { createRateLimits, type RateLimits } from './rate.limits.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Name of the API key's holder; null on public routes and before authentication. */
    caller: string | null;
  }
  interface FastifyContextConfig {
    /** Served without an API key. */
    public?: boolean;
  }
}

export interface AdmissionOptions {
  configuration: HttpConfiguration;
  keys: ApiKeys;
  inFlight: InFlight;
  metrics: Metrics;
}

/**
 * Decides before the body is read whether a request gets in: load, key, rate, share, route, in this order. Hooks rather
 * than guards, because a guard runs only after a stranger's body was received and parsed.
 */
export async function addAdmission(server: FastifyInstance, options: AdmissionOptions): Promise<void> {
  const { configuration, inFlight, keys } = options;
  const methods = new AllowedMethods(server);
  const shares = new CallerShares(configuration.HTTP_MAX_CONCURRENT_REQUESTS);
  const limits = await createRateLimits(server, configuration);
  server.decorateRequest('caller', null);
  await addLoadShedding(server, options);
  server.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.public !== true) {
      request.caller = await identify(request, keys, limits);
    }
    await limits.requests(request);
    if (request.caller !== null) {
      inFlight.afterwards(request, shares.enter(request.caller));
    }
    if (request.is404) {
      throw unrouted(methods.of(request));
    }
  });
  server.addHook('onError', async (_request, _reply, error: Error) => {
    options.metrics.refusals.inc({ code: problemOf(error).code });
  });
}

async function addLoadShedding(server: FastifyInstance, options: AdmissionOptions): Promise<void> {
  const { HTTP_MAX_CONCURRENT_REQUESTS, HTTP_MAX_EVENT_LOOP_DELAY_MS } = options.configuration;
  server.addHook('onRequest', async () => {
    if (options.inFlight.count > HTTP_MAX_CONCURRENT_REQUESTS) {
      throw overloaded();
    }
  });
  await server.register(underPressure, {
    maxEventLoopDelay: HTTP_MAX_EVENT_LOOP_DELAY_MS,
    // An interval without any sample counts as an endless delay, so none may be shorter than the delay allowed.
    sampleInterval: Math.max(1_000, HTTP_MAX_EVENT_LOOP_DELAY_MS),
    pressureHandler: async () => {
      throw overloaded();
    },
  });
}

function overloaded(): Problem {
  return new Problem('overloaded', { headers: { 'retry-after': '1' } });
}

async function identify(request: FastifyRequest, keys: ApiKeys, limits: RateLimits): Promise<string> {
  try {
    return authenticate(request, keys);
  } catch (refusal) {
    await limits.refusals(request);
    throw refusal;
  }
}

function unrouted(allowed: string[]): Problem {
  return allowed.length === 0
    ? new Problem('not_found')
    : new Problem('method_not_allowed', { headers: { allow: allowed.join(', ') } });
}
