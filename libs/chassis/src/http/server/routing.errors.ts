import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../../telemetry/index.ts';
import { problemOf, sendProblem } from '../problems/index.ts';
import type { ObserveRequest } from './request.log.ts';
import { bareHeaders } from './security.headers.ts';

/**
 * Answers what Fastify's router refuses before any hook runs: a path that can't be decoded, a parameter that is too
 * long. Nothing was looked up for it, so no key is asked for either.
 */
export function answerRoutingErrors({ metrics, observe }: { metrics: Metrics; observe: ObserveRequest }) {
  return (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    observe(request, reply);
    const problem = problemOf(error);
    metrics.refusals.inc({ code: problem.code });
    sendProblem(problem, request, reply.headers(bareHeaders));
  };
}
