import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { randomInt } from 'node:crypto';
import { codeOf, StackError } from '../stack.error.ts';

const LOOPBACK = ['127.0.0.1', '::1'];

/**
 * Ports below those that systems hand out to outgoing connections (Linux from 32768, others from 49152): while Postgres is
 * restarted, a client's attempt to reconnect could otherwise be given the very port it dials and meet itself.
 */
const FREE_RANGE = { first: 20_000, last: 32_000 };
const ATTEMPTS = 50;

/** Whether nobody listens on this port of the loopback interface, in either address family. */
export async function isPortFree(port: number): Promise<boolean> {
  const answers = await Promise.all(
    LOOPBACK.flatMap((host) => [canListen(host, port), isSilent(host, port)]),
  );
  return answers.every(Boolean);
}

/** @throws StackError when no free port was found */
export async function findFreePort(attempts = ATTEMPTS): Promise<number> {
  const port = randomInt(FREE_RANGE.first, FREE_RANGE.last);
  if (await isPortFree(port)) return port;
  if (attempts > 1) return findFreePort(attempts - 1);
  throw new StackError(
    `No free port between ${FREE_RANGE.first} and ${FREE_RANGE.last}: close something and try again.`,
  );
}

async function canListen(host: string, port: number): Promise<boolean> {
  const server = createServer().listen({ host, port, exclusive: true });
  try {
    await once(server, 'listening');
    server.close();
    return true;
  } catch (error) {
    // A machine without IPv6 has nobody listening there either.
    return ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error) ?? '');
  }
}

/** macOS lets us listen on an address although somebody listens on all of them; only asking tells. */
async function isSilent(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect');
    return false;
  } catch {
    return true;
  } finally {
    socket.destroy();
  }
}
