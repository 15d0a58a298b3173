import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort, spawnKept, type KeptProgram } from '@secure-backend/local-stack/testing';
import { apiClient, type ApiClient } from './api.client.ts';

const READY_TIMEOUT_MS = 50_000;
const programs = ['etcd', 'kube-apiserver', 'kubectl'];

/** Why no API server of our own can be started here, or undefined: for `describe.skipIf`. */
export const controlPlaneMissing: string | undefined = describeMissing();

function describeMissing(): string | undefined {
  const missing = programs.filter((name) => spawnSync(name, ['--help'], { stdio: 'ignore' }).error);
  return missing.length === 0
    ? undefined
    : `no ${missing.join(' and ')} on the PATH (setup-envtest brings them: https://book.kubebuilder.io/reference/envtest)`;
}

/** A store of one's own on the loopback interface, empty. */
export interface ThrowawayEtcd {
  readonly url: string;
  /** The bytes under a key, as they lie on the disk; undefined when there are none. */
  read(key: string): Promise<Buffer | undefined>;
  remove(): Promise<void>;
}

/** An API server of one's own: Kubernetes without controllers, scheduler and nodes. */
export interface ThrowawayApiServer extends ApiClient {
  /** What its audit policy has written so far. */
  auditLog(): Promise<string>;
  stop(): Promise<void>;
}

/** Its files and itself end with this process, however that ends; `remove` takes them away before. */
export async function startEtcd(): Promise<ThrowawayEtcd> {
  const folder = await mkdtemp(join(tmpdir(), 'throwaway-etcd-'));
  const url = `http://127.0.0.1:${await findFreePort()}`;
  const peer = `http://127.0.0.1:${await findFreePort()}`;
  const program = start('etcd', [
    `--data-dir=${folder}/data`,
    '--unsafe-no-fsync',
    '--log-level=warn',
    ...[`--listen-client-urls=${url}`, `--advertise-client-urls=${url}`, `--listen-peer-urls=${peer}`],
    ...[`--initial-advertise-peer-urls=${peer}`, `--initial-cluster=default=${peer}`],
  ]);
  await becomesReady(program, () => fetch(`${url}/readyz`).then(({ ok }) => ok));
  return {
    url,
    read: async (key) => {
      const body = JSON.stringify({ key: Buffer.from(key).toString('base64') });
      const answer = await fetch(`${url}/v3/kv/range`, { method: 'POST', body });
      const { kvs } = (await answer.json()) as { kvs?: { value: string }[] };
      return kvs?.[0] && Buffer.from(kvs[0].value, 'base64');
    },
    remove: async () => {
      await program.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * @param encryption the text of an EncryptionConfiguration
 * @param audit the text of an audit policy
 */
export async function startApiServer(
  etcd: ThrowawayEtcd,
  { encryption, audit }: { encryption: string; audit: string },
): Promise<ThrowawayApiServer> {
  const folder = await mkdtemp(join(tmpdir(), 'throwaway-apiserver-'));
  const file = (name: string): string => join(folder, name);
  const token = randomBytes(24).toString('hex');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await Promise.all([
    writeFile(file('encryption.yaml'), encryption, { mode: 0o600 }),
    writeFile(file('audit.yaml'), audit),
    writeFile(file('tokens.csv'), `${token},administrator,administrator,system:masters\n`, { mode: 0o600 }),
    writeFile(file('accounts.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 }),
  ]);
  const port = await findFreePort();
  const program = start('kube-apiserver', [
    ...['--bind-address=127.0.0.1', `--secure-port=${port}`, `--cert-dir=${folder}`],
    `--etcd-servers=${etcd.url}`,
    ...['--authorization-mode=RBAC', '--allow-privileged'],
    `--token-auth-file=${file('tokens.csv')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${file('accounts.key')}`,
    `--service-account-signing-key-file=${file('accounts.key')}`,
    `--encryption-provider-config=${file('encryption.yaml')}`,
    ...[`--audit-policy-file=${file('audit.yaml')}`, `--audit-log-path=${file('audit.log')}`],
    ...['--audit-log-mode=blocking-strict', '--service-cluster-ip-range=10.96.0.0/16'],
  ]);
  const connect = async (): Promise<ApiClient> =>
    apiClient({
      server: `https://127.0.0.1:${port}`,
      ca: await readFile(file('apiserver.crt'), 'utf8'),
      token,
    });
  await becomesReady(program, async () => (await (await connect()).request('GET', '/readyz')).status === 200);
  return {
    ...(await connect()),
    auditLog: () => readFile(file('audit.log'), 'utf8'),
    stop: async () => {
      await program.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function start(name: string, args: string[]): KeptProgram & { log: () => string } {
  const program = spawnKept(name, args, { PATH: process.env['PATH'] ?? '' });
  let tail = '';
  program.stdout.resume();
  program.stderr.on('data', (text: Buffer) => (tail = (tail + text.toString()).slice(-4_000)));
  return { ...program, log: () => tail };
}

async function becomesReady(program: KeptProgram & { log(): string }, isReady: () => Promise<boolean>) {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  let hasEnded = false;
  void program.exited.then(() => (hasEnded = true));
  // oxlint-disable-next-line no-await-in-loop -- polling
  while (!(await isReady().catch(() => false))) {
    if (hasEnded || Date.now() > deadline) {
      throw new Error(`the program ${hasEnded ? 'ended' : "isn't ready"}:\n${program.log()}`);
    }
    // oxlint-disable-next-line no-await-in-loop -- polling
    await delay(100);
  }
}
