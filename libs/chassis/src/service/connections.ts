import type { Server, Socket } from 'node:net';

/** Open connections of a server. Node's own list leaves out those that never sent a byte, as load balancers open them. */
export class Connections {
  readonly #open = new Set<Socket>();

  /** Must see the server before it listens. */
  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.#open.add(socket);
      socket.once('close', () => this.#open.delete(socket));
    });
  }

  /** Ends the connections that carry no request. */
  endIdle(isServing: (socket: Socket) => boolean): void {
    for (const socket of this.#open) {
      if (!isServing(socket)) {
        socket.destroySoon();
      }
    }
  }
}
