import { once } from 'node:events';
import {
  Agent as HttpAgent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as httpRequest,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { failureOf, TransportFailure } from './transport.failure.ts';

/** Bytes; what Vault answers here has a few hundred. */
const largestAnswer = 1_048_576;

export interface HttpRequest {
  method: string;
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
}

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface ExchangeLimits {
  /** Milliseconds for everything: name, connection, TLS, headers and the last byte of the body. */
  timeout: number;
  /** PEM; the only certificates that are believed. Those of the system when undefined. */
  ca: string | undefined;
}

/**
 * One request and its answer, on a connection of its own. Follows no redirect, asks no proxy, whatever the environment says,
 * and verifies the server's certificate anew each time.
 *
 * @throws TransportFailure when there is no whole answer in time
 */
export async function exchange(request: HttpRequest, { timeout, ca }: ExchangeLimits): Promise<HttpAnswer> {
  const { method, url, headers, body } = request;
  const isSecure = url.protocol === 'https:';
  // Agents of our own: Node lends the global ones to the proxy of the environment (NODE_USE_ENV_PROXY).
  const agent = isSecure
    ? new HttpsAgent({ ca, minVersion: 'TLSv1.2', rejectUnauthorized: true, maxCachedSessions: 0 })
    : new HttpAgent();
  const deadline = AbortSignal.timeout(timeout);
  const options = { method, headers, agent, signal: deadline };
  const outgoing = isSecure ? httpsRequest(url, options) : httpRequest(url, options);
  let isConnected = false;
  outgoing.on('socket', (socket) => socket.once('connect', () => (isConnected = true)));
  // Where nobody waits for it any more, an error would end the process.
  outgoing.on('error', () => undefined);
  outgoing.end(body);
  try {
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    return { status: answer.statusCode ?? 0, headers: answer.headers, text: await readText(answer) };
  } catch (error) {
    throw failureOf(error, { isLate: deadline.aborted, isConnected });
  } finally {
    outgoing.destroy();
    agent.destroy();
  }
}

async function readText(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestAnswer) {
      throw new TransportFailure({ kind: 'invalid' });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
