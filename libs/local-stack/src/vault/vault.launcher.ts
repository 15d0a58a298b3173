import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '../postgres/port.choice.ts';
import { spawnKept, type KeptProgram } from '../processes/kept.program.ts';
import { StackError } from '../stack.error.ts';
import { vaultClient, type VaultCall } from './vault.client.ts';
import { findVault, vaultMissing } from './vault.program.ts';

const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 20;
/** Of the log, for the message of a failure. */
const TAIL_LENGTH = 4000;

export interface VaultOptions {
  /** Exactly this port; any free one unless given. */
  port?: number;
  /** What the server has to read: certificates. */
  directories?: readonly string[];
  /** Receives the server's log, in pieces. */
  log?: (text: string) => void;
}

/** A development server: unsealed, on the loopback interface, all it knows in memory. */
export interface RunningVault {
  /** For the reader: which program it is. */
  program: string;
  /** `http://127.0.0.1:PORT` */
  address: string;
  rootToken: string;
  /** Calls as root unless told another token. */
  call: VaultCall;
  /** Fulfilled when the server has ended, also when nobody asked it to. */
  exited: Promise<void>;
  seal: () => Promise<void>;
  /** Returns when the server answers requests again. */
  unseal: () => Promise<void>;
  /** May be repeated. It also ends with this process, however that ends. */
  stop: () => Promise<void>;
}

/**
 * Starts a development server of OpenBao or Vault.
 *
 * @throws StackError when there is none on this machine, or with the end of its log when it doesn't start
 */
export async function startVault({ port, directories = [], log }: VaultOptions = {}): Promise<RunningVault> {
  const program = findVault();
  if (!program) throw new StackError(`There is no Vault on this machine: ${vaultMissing()}.`);
  const chosen = port ?? (await findFreePort());
  const server = spawnKept(program.command, program.args(chosen, directories), program.env);
  const address = `http://127.0.0.1:${chosen}`;
  try {
    const { unsealKey, firstToken } = await readBanner(server, log);
    await becomesActive(address);
    const rootToken = await replaceRootToken(address, firstToken);
    return control(program.name, address, rootToken, unsealKey, server);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** What the server prints once it is up, which real and trimmed servers do alike. */
async function readBanner(server: KeptProgram, log: (text: string) => void = () => undefined) {
  const output = collect(server.stdout);
  const errors = collect(server.stderr, log);
  const ended = server.exited.then((code) => {
    const tail = `${errors()}${output()}`.trim().slice(-TAIL_LENGTH);
    throw new StackError(`Vault doesn't start (exit code ${code}):\n${tail}`);
  });
  const printed = async () => {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (Date.now() < deadline) {
      const unsealKey = /^Unseal Key: (\S+)$/m.exec(output())?.[1];
      const firstToken = /^Root Token: (\S+)$/m.exec(output())?.[1];
      if (unsealKey && firstToken) return { unsealKey, firstToken };
      // oxlint-disable-next-line no-await-in-loop -- polling
      await delay(POLL_MS);
    }
    throw new StackError(`Vault isn't ready after ${READY_TIMEOUT_MS / 1000} seconds.`);
  };
  return Promise.race([ended, printed()]);
}

function collect(stream: Readable, log: (text: string) => void = () => undefined): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (piece: string) => {
    text = (text + piece).slice(-TAIL_LENGTH);
    log(piece);
  });
  return () => text;
}

async function becomesActive(address: string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  const isActive = () =>
    fetch(`${address}/v1/sys/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  // oxlint-disable-next-line no-await-in-loop -- polling
  while (!(await isActive())) {
    if (Date.now() > deadline) throw new StackError(`Vault at ${address} doesn't become active.`);
    // oxlint-disable-next-line no-await-in-loop -- polling
    await delay(POLL_MS);
  }
}

/** The first one was printed, and isn't random with every server. */
async function replaceRootToken(address: string, firstToken: string): Promise<string> {
  const call = vaultClient(address, firstToken);
  const made = await call('POST', 'auth/token/create-orphan', { policies: ['root'] });
  const { auth } = made as { auth: { client_token: string } };
  await call('POST', 'auth/token/revoke-self');
  return auth.client_token;
}

function control(
  program: string,
  address: string,
  rootToken: string,
  unsealKey: string,
  server: KeptProgram,
): RunningVault {
  const call = vaultClient(address, rootToken);
  return {
    program,
    address,
    rootToken,
    call,
    exited: server.exited.then(() => undefined),
    seal: async () => void (await call('PUT', 'sys/seal')),
    unseal: async () => {
      await call('PUT', 'sys/unseal', { key: unsealKey });
      await becomesActive(address);
    },
    stop: () => server.stop(),
  };
}
