import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';

interface Connection {
  /** Requests being served, by what ends them. */
  open: Map<() => void, IncomingMessage>;
  latest: IncomingMessage;
  closing: boolean;
}

/**
 * Counts requests from their first hook to the end of their response, however they end. A pipelined response that
 * waits behind others never closes when its connection does, so the connection is watched as well.
 */
export class InFlight {
  #count = 0;
  readonly #afterwards = new WeakMap<IncomingMessage, (() => void)[]>();
  readonly #connections = new WeakMap<Socket, Connection>();

  get count(): number {
    return this.#count;
  }

  /** @param ended called once; `finished` tells whether the whole response was handed to the connection */
  track(request: FastifyRequest, reply: FastifyReply, ended: (finished: boolean) => void): void {
    const { socket } = request.raw;
    const connection = this.#connectionOf(request.raw);
    const afterwards: (() => void)[] = [];
    this.#afterwards.set(request.raw, afterwards);
    this.#count += 1;
    const end = () => {
      if (connection.open.delete(end)) {
        this.#count -= 1;
        this.#afterwards.delete(request.raw);
        ended(reply.raw.writableFinished);
        for (const done of afterwards) {
          done();
        }
        closeWhenAnswered(socket, connection);
      }
    };
    connection.open.set(end, request.raw);
    reply.raw.once('close', end);
  }

  /** Whether the connection carries a request that has no whole response yet. */
  serves(socket: Socket): boolean {
    return (this.#connections.get(socket)?.open.size ?? 0) > 0;
  }

  /** Calls `done` once when a tracked request has ended; at once when it already has. */
  afterwards({ raw }: FastifyRequest, done: () => void): void {
    const afterwards = this.#afterwards.get(raw);
    if (afterwards === undefined) {
      done();
    } else {
      afterwards.push(done);
    }
  }

  /**
   * Whether an error in what a connection sends may be answered on it. Not while a request that arrived whole waits:
   * its caller would take the error for its answer. And not where the broken request already has its own answer.
   */
  mayAnswerError(socket: Socket): boolean {
    const connection = this.#connections.get(socket);
    if (connection === undefined) {
      return true;
    }
    const open = [...connection.open.values()];
    return (
      !open.some(({ complete }) => complete) &&
      (connection.latest.complete || open.includes(connection.latest))
    );
  }

  /** Closes a connection once every request that arrived whole on it has its answer. */
  closeAfterAnswers(socket: Socket): void {
    const connection = this.#connections.get(socket);
    if (connection !== undefined) {
      connection.closing = true;
      closeWhenAnswered(socket, connection);
    }
  }

  #connectionOf(request: IncomingMessage): Connection {
    const { socket } = request;
    const known = this.#connections.get(socket);
    if (known !== undefined) {
      known.latest = request;
      return known;
    }
    const connection: Connection = { open: new Map(), latest: request, closing: false };
    this.#connections.set(socket, connection);
    socket.once('close', () => {
      for (const end of connection.open.keys()) {
        end();
      }
    });
    return connection;
  }
}

function closeWhenAnswered(socket: Socket, { closing, open }: Connection): void {
  if (closing && ![...open.values()].some(({ complete }) => complete)) {
    socket.destroySoon();
  }
}
