import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { vi } from 'vitest';
import { parseResponses, type RawResponse } from './raw.response.ts';

const patience = { timeout: 8_000, interval: 5 };

/** A TCP connection on which a test writes whatever bytes it likes. */
export class RawConnection {
  readonly #chunks: Buffer[] = [];

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    // A reset ends a connection as well as a goodbye does; `destroyed` follows either.
    socket.on('error', () => undefined);
  }

  /** @param options `allowHalfOpen` keeps this side open after the server has closed its own */
  static async open(url: string, options: { allowHalfOpen?: boolean } = {}): Promise<RawConnection> {
    const { hostname: host, port } = new URL(url);
    const socket = connect({ host, port: Number(port), noDelay: true, ...options });
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  write(bytes: string | Buffer): void {
    this.socket.write(bytes);
  }

  /** Whole responses so far. */
  get responses(): RawResponse[] {
    return parseResponses(Buffer.concat(this.#chunks));
  }

  /** The server said goodbye, or the connection is gone. */
  get isClosed(): boolean {
    return this.socket.readableEnded || this.socket.destroyed;
  }

  get isDestroyed(): boolean {
    return this.socket.destroyed;
  }

  /** Waits for that many responses and returns all. */
  async received(count: number): Promise<RawResponse[]> {
    await vi.waitFor(() => {
      if (this.responses.length < count) {
        throw new Error(`${this.responses.length} of ${count} responses`);
      }
    }, patience);
    return this.responses;
  }

  /** Waits until the server has closed and returns all responses. */
  async closed(): Promise<RawResponse[]> {
    await vi.waitFor(() => {
      if (!this.isClosed) {
        throw new Error('the connection is still open');
      }
    }, patience);
    return this.responses;
  }

  /** Leaves without a goodbye. */
  reset(): void {
    this.socket.resetAndDestroy();
  }
}

/** Writes bytes on a connection of their own and returns the first response. */
export async function exchange(url: string, bytes: string | Buffer): Promise<RawResponse> {
  const connection = await RawConnection.open(url);
  connection.write(bytes);
  const [response] = await connection.received(1);
  connection.reset();
  return response as RawResponse;
}
