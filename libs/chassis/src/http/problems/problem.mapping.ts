import { HttpException } from '@nestjs/common';
import { DatabaseUnavailable } from '../../database/index.ts';
import { Problem } from './problem.ts';
import type { ProblemCode } from './problem.catalogue.ts';

const byFastifyCode: Readonly<Record<string, ProblemCode>> = {
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

const byStatus: Readonly<Record<number, ProblemCode>> = {
  404: 'not_found',
  408: 'request_timeout',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  503: 'overloaded',
};

/** Anything thrown while a request was served, as the problem its caller may see. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) {
    return error;
  }
  if (error instanceof DatabaseUnavailable) {
    return new Problem('database_unavailable', {
      headers: { 'retry-after': String(error.retryAfterSeconds) },
    });
  }
  const cause = error instanceof HttpException ? (error.cause ?? error) : error;
  const known = byFastifyCode[codeOf(cause)];
  if (known !== undefined) {
    return new Problem(known);
  }
  const status = error instanceof HttpException ? error.getStatus() : 500;
  const code = byStatus[status] ?? (status < 500 ? 'malformed_request' : 'internal_error');
  return new Problem(code, code === 'overloaded' ? { headers: { 'retry-after': '1' } } : {});
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
