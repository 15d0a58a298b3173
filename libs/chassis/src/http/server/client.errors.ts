import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Metrics } from '../../telemetry/index.ts';
import type { InFlight } from '../admission/in.flight.ts';
import { Problem, problemBody, problemMediaType, type ProblemCode } from '../problems/index.ts';
import { bareHeaders } from './security.headers.ts';

const byCode: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
};

/** Milliseconds in which a caller may still read the answer. Closing at once would reset it away. */
const linger = 1_000;

/**
 * Answers what Node's parser refused before it was a request: broken syntax, smuggling shapes, slow or huge headers.
 * The connection always closes, because its next byte can't be trusted.
 */
export function answerClientErrors({ inFlight, metrics }: { inFlight: InFlight; metrics: Metrics }) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    // Not writable: it has had its answer, and more of the same broken bytes arrived.
    if (error.code === 'ECONNRESET' || !socket.writable) {
      return;
    }
    const problem = new Problem(byCode[error.code ?? ''] ?? 'malformed_request');
    metrics.refusals.inc({ code: problem.code });
    if (!inFlight.mayAnswerError(socket)) {
      inFlight.closeAfterAnswers(socket);
      return;
    }
    socket.end(answer(problem));
    // A caller that never closes its side would keep the descriptor for ever.
    setTimeout(() => socket.destroy(), linger).unref();
  };
}

function answer(problem: Problem): string {
  const body = JSON.stringify(problemBody(problem));
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    ...Object.entries(bareHeaders).map(([name, value]) => `${name}: ${value}`),
    `content-type: ${problemMediaType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
