import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Counts requests from their first hook to the end of their response, however they end. A pipelined response that
 * waits behind others never closes when its connection does, so the connection is watched as well.
 */
export class InFlight {
  #count = 0;
  readonly #bySocket = new WeakMap<Socket, Set<() => void>>();

  get count(): number {
    return this.#count;
  }

  /** @param ended called once; `finished` tells whether the whole response was handed to the connection */
  track(request: FastifyRequest, reply: FastifyReply, ended: (finished: boolean) => void): void {
    const { socket } = request.raw;
    const open = this.#openOn(socket);
    this.#count += 1;
    const end = () => {
      if (open.delete(end)) {
        this.#count -= 1;
        ended(reply.raw.writableFinished);
      }
    };
    open.add(end);
    reply.raw.once('close', end);
  }

  #openOn(socket: Socket): Set<() => void> {
    const known = this.#bySocket.get(socket);
    if (known !== undefined) {
      return known;
    }
    const open = new Set<() => void>();
    this.#bySocket.set(socket, open);
    socket.once('close', () => {
      for (const end of open) {
        end();
      }
    });
    return open;
  }
}
