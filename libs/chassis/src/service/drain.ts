import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Connections } from './connections.ts';
import type { InFlight } from '../http/index.ts';
import type { Lifecycle } from '../health/index.ts';

/** Time in which a request that is already on its way along a kept connection still arrives. */
const graceForKeptConnections = 500;
const pollInterval = 20;

export interface DrainOptions {
  server: Server;
  connections: Connections;
  inFlight: InFlight;
  lifecycle: Lifecycle;
  /** Milliseconds between losing readiness and refusing connections. */
  delay: number;
}

/**
 * Lets a server run dry without failing a request: readiness falls and callers are told to close their connections,
 * then no connection is accepted, then requests finish, then idle connections close.
 */
export async function drain(options: DrainOptions): Promise<void> {
  const { server, connections, inFlight, lifecycle } = options;
  lifecycle.drain();
  await delay(options.delay);
  // http.Server.close() would also cut idle connections at once, under a request that is just arriving.
  const closed = new Promise((resolve) => NetServer.prototype.close.call(server, () => resolve('closed')));
  await delay(graceForKeptConnections);
  do {
    connections.endIdle((socket) => inFlight.serves(socket));
  } while ((await Promise.race([closed, delay(pollInterval, 'open')])) === 'open');
}
