import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** https://www.w3.org/TR/trace-context/#traceparent-header; versions above 00 may append fields. */
const traceparent = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/;

/** The id of a request: the trace id of a valid `traceparent`, else a new one of the same shape. */
export function requestId(request: Pick<IncomingMessage, 'headers'>): string {
  const header = String(request.headers['traceparent'] ?? '');
  const [, traceId, appended] = traceparent.exec(header) ?? [];
  const isValid = traceId !== undefined && (appended === undefined || !header.startsWith('00'));
  return isValid ? traceId : randomBytes(16).toString('hex');
}
