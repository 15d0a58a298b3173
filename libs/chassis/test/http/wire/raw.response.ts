import type { WireAnswer } from '../../../testing/index.ts';

/** One HTTP/1.1 response as it came over the wire; the body as text, a repeated header with all its values. */
export interface RawResponse extends WireAnswer {
  headers: Readonly<Record<string, string[]>>;
  body: string;
}

/** Reads responses from bytes that may hold several. A cut one at the end is left out. */
export function parseResponses(bytes: Buffer): RawResponse[] {
  const responses: RawResponse[] = [];
  let rest = bytes;
  for (let next = parseFirst(rest); next !== undefined; next = parseFirst(rest)) {
    responses.push(next.response);
    rest = rest.subarray(next.length);
  }
  return responses;
}

function parseFirst(bytes: Buffer): { response: RawResponse; length: number } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) {
    return undefined;
  }
  const [statusLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers: Record<string, string[]> = {};
  for (const line of lines) {
    const [name = '', value = ''] = line.split(/:\s*(.*)/s, 2);
    (headers[name.toLowerCase()] ??= []).push(value);
  }
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]);
  const length = end + 4 + Number(headers['content-length']?.[0] ?? 0);
  const body = bytes.subarray(end + 4, length).toString();
  return bytes.length < length ? undefined : { response: { status, headers, body }, length };
}
