import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { statement } from '@secure-backend/chassis/database';
import { createTestDatabase } from '@secure-backend/local-stack/testing';
import { expect, it } from 'vitest';
import { prepareDatabase } from './open.test.database.ts';

/** Passes bytes between a client and a server until it falls silent, as a broken network does. */
async function openWire(port: number) {
  const sockets: Socket[] = [];
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.push(socket.on('error', () => undefined));
    }
    client.pipe(upstream).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    fallSilent: () => sockets.forEach((socket) => socket.unpipe().pause()),
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
    },
  };
}

it('a Postgres that falls silent in the middle costs one bounded failure, not a hanging caller', async () => {
  const surroundings = await createTestDatabase('chassis-test');
  const wire = await openWire(surroundings.superuser.port);
  const open = await prepareDatabase(
    { DATABASE_PORT: String(wire.port), DATABASE_STATEMENT_TIMEOUT_MS: '200', DATABASE_POOL_SIZE: '1' },
    surroundings,
  );
  const ask = () => open.database.query(statement<{ one: number }>('select 1 as one'));
  await open.database.open();
  await expect(ask()).resolves.toEqual([{ one: 1 }]);

  wire.fallSilent();
  await expect(ask()).rejects.toMatchObject({ name: 'DatabaseUnavailable' });
  await expect(ask()).resolves.toEqual([{ one: 1 }]);
  wire.close();
  await open.close();
});
