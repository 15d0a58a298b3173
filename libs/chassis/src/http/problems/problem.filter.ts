import { type ArgumentsHost, Catch, type ExceptionFilter, NotFoundException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../telemetry/index.ts';
import { Problem, problemBody, problemMediaType } from './problem.ts';
import { explained, problemOf } from './problem.mapping.ts';

/** The one place where an error becomes an answer. What a caller can't mend is logged with its cause. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const problem = isUnrouted(error, request) ? new Problem('not_found') : problemOf(error);
    if (problem.status >= 500 && !(error instanceof Problem)) {
      const write = problem.status === 500 ? this.logger.error : this.logger.warn;
      write('request failed', { trace_id: request.id, 'error.type': problem.code }, explained(error));
    }
    sendProblem(problem, request, http.getResponse<FastifyReply>());
  }
}

/** Nest's own answer where no route is, as for a file of the documentation that isn't there. */
function isUnrouted(error: unknown, request: FastifyRequest): boolean {
  return error instanceof NotFoundException && request.is404;
}

/** Sends a problem from wherever a reply is at hand. */
export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  reply
    .code(problem.status)
    .headers(problem.details.headers ?? {})
    .header('cache-control', 'no-store')
    .type(problemMediaType)
    .serializer(JSON.stringify)
    .send(problemBody(problem, request.id));
}
