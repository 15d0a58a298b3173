import { HttpException } from '@nestjs/common';
import { DatabaseUnavailable, OutcomeUnknown } from '../../database/index.ts';
import { Problem } from './problem.ts';
import type { ProblemCode } from './problem.catalogue.ts';

const byFastifyCode: Readonly<Record<string, ProblemCode>> = {
  // The caller left in the middle of its body; nobody reads the answer.
  ECONNRESET: 'malformed_request',
  FST_ERR_BAD_URL: 'malformed_request',
  FST_ERR_MAX_PARAM_LENGTH: 'path_too_long',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_EMPTY_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_TYPE: 'unsupported_media_type',
};

/**
 * Anything thrown while a request was served, as the problem its caller may see. An exception of Nest's is none: its
 * status says too little to choose a problem for it, so it counts as a failure of the service (see `explained`).
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) {
    return error;
  }
  if (error instanceof DatabaseUnavailable) {
    return new Problem('database_unavailable', {
      headers: { 'retry-after': String(error.retryAfterSeconds) },
    });
  }
  if (error instanceof OutcomeUnknown) {
    // No Retry-After: a second try might change things twice.
    return new Problem('outcome_unknown');
  }
  return new Problem(byFastifyCode[codeOf(causeOf(error))] ?? 'internal_error');
}

/** The error as it is logged: one of Nest's with its cure. Only its class is named, its message may hold data. */
export function explained(error: unknown): unknown {
  if (!(error instanceof HttpException)) {
    return error;
  }
  const cure = new TypeError(
    `throw a Problem instead of a ${error.name}; this API answers with Problems only`,
  );
  cure.stack = error.stack ?? '';
  return cure;
}

/** Nest wraps Fastify's errors. */
function causeOf(error: unknown): unknown {
  return error instanceof HttpException ? error.cause : error;
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : '';
}
