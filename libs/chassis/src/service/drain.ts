import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { InFlight } from '../http/index.ts';
import type { Lifecycle } from '../health/index.ts';

/** Time in which a request that is already on its way along a kept connection still arrives. */
const graceForKeptConnections = 500;
const pollInterval = 20;

export interface DrainOptions {
  server: Server;
  inFlight: InFlight;
  lifecycle: Lifecycle;
  /** Milliseconds between losing readiness and refusing connections. */
  delay: number;
}

/**
 * Lets a server run dry without failing a request: readiness falls and callers are told to close their connections,
 * then no connection is accepted, then requests finish, then idle connections close.
 */
export async function drain({
  server,
  inFlight,
  lifecycle,
  delay: untilRefusal,
}: DrainOptions): Promise<void> {
  lifecycle.drain();
  await delay(untilRefusal);
  // http.Server.close() would also cut idle connections at once, under a request that is just arriving.
  const closed = new Promise((resolve) => NetServer.prototype.close.call(server, resolve));
  await delay(graceForKeptConnections);
  while (inFlight.count > 0) {
    await delay(pollInterval);
  }
  server.closeIdleConnections();
  await closed;
}
