export interface RawRequest {
  method?: string;
  /** As it stands in the request line. */
  target?: string;
  version?: string;
  /** Whole lines; the host is added unless one of them is given. */
  headers?: readonly string[];
  body?: string | Buffer;
}

/** Bytes of one request. Nothing is added but the host and, for a body without any framing, its length. */
export function rawRequest(request: RawRequest): Buffer {
  const { method = 'GET', target = '/v1/notes', version = '1.1', headers = [], body = '' } = request;
  const has = (name: string) => headers.some((line) => line.toLowerCase().startsWith(name));
  const lines = [
    `${method} ${target} HTTP/${version}`,
    ...(has('host') ? [] : ['host: localhost']),
    ...headers,
    ...(body.length === 0 || has('content-length') || has('transfer-encoding')
      ? []
      : [`content-length: ${Buffer.byteLength(body)}`]),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]);
}

/** `x-api-key: …` */
export function keyOf({ apiKey }: { apiKey: string }): string {
  return `x-api-key: ${apiKey}`;
}

export const json = 'content-type: application/json';
