import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../telemetry/index.ts';
import { Problem, problemBody, problemMediaType } from './problem.ts';
import { problemOf } from './problem.mapping.ts';

/** The one place where an error becomes an answer. What a caller can't mend is logged with its cause. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    this.answer(error, request, http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = problemOf(error);
    if (problem.status >= 500 && !(error instanceof Problem)) {
      const write = problem.status === 500 ? this.logger.error : this.logger.warn;
      write('request failed', { trace_id: request.id, 'error.type': problem.code }, error);
    }
    sendProblem(problem, request, reply);
  }
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
