import { readFile } from 'node:fs/promises';
import { exchange } from './http.exchange.ts';
import { failureOfStatus, TransportFailure } from './transport.failure.ts';

/** What node-vault hands to its `request-promise`. */
export interface TransportRequest {
  method: string;
  uri: string;
  headers: Readonly<Record<string, string>>;
  /** Content of the request. */
  json?: unknown;
}

/** What node-vault wants from it. */
export interface TransportAnswer {
  statusCode: number;
  body: unknown;
  request: { path: string };
}

export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;

export interface TransportOptions {
  /** Milliseconds of one whole exchange. */
  timeout: number;
  /** PEM, read anew for each exchange, so that the CA may rotate. */
  caFile: string | undefined;
}

/** Carries the requests of node-vault; only successful answers come back, without text that isn't JSON. */
export function createTransport({ timeout, caFile }: TransportOptions): Transport {
  return async ({ method, uri, headers, json }) => {
    const url = new URL(uri);
    const content = json === undefined ? undefined : JSON.stringify(json);
    const answer = await exchange(
      {
        method,
        url,
        headers: {
          ...headers,
          accept: 'application/json',
          // Agents and proxies of Vault demand it, against forged requests.
          'X-Vault-Request': 'true',
          ...(content !== undefined && {
            'content-type': 'application/json',
            'content-length': String(Buffer.byteLength(content)),
          }),
        },
        body: content,
      },
      { timeout, ca: await readCa(caFile) },
    );
    const failure = failureOfStatus(answer.status, answer.headers);
    if (failure !== undefined) {
      throw failure;
    }
    return {
      statusCode: answer.status,
      body: parse(answer.text),
      request: { path: url.pathname },
    };
  };
}

async function readCa(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) {
    return undefined;
  }
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new TransportFailure({ kind: 'untrusted', code: error.code });
  });
}

function parse(text: string): unknown {
  if (text === '') {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text.
    throw new TransportFailure({ kind: 'invalid' });
  }
}
