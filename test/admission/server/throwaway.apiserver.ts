import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@secure-backend/local-stack/testing';
import { apiClient, type ApiClient } from './api.client.ts';
import { becomesReady, startProgram } from './started.program.ts';
import type { ThrowawayEtcd } from './throwaway.etcd.ts';

/** An API server of one's own: Kubernetes without controllers, scheduler and nodes. */
export interface ThrowawayApiServer extends ApiClient {
  /** What its audit policy has written so far. */
  auditLog(): Promise<string>;
  stop(): Promise<void>;
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
  const program = startProgram('kube-apiserver', [
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${folder}`,
    `--etcd-servers=${etcd.url}`,
    '--authorization-mode=RBAC',
    '--allow-privileged',
    `--token-auth-file=${file('tokens.csv')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${file('accounts.key')}`,
    `--service-account-signing-key-file=${file('accounts.key')}`,
    `--encryption-provider-config=${file('encryption.yaml')}`,
    `--audit-policy-file=${file('audit.yaml')}`,
    `--audit-log-path=${file('audit.log')}`,
    '--audit-log-mode=blocking-strict',
    '--service-cluster-ip-range=10.96.0.0/16',
  ]);
  const connect = async (): Promise<ApiClient> =>
    apiClient({
      server: `https://127.0.0.1:${port}`,
      ca: await readFile(file('apiserver.crt'), 'utf8'),
      token,
    });
  const stop = async (): Promise<void> => {
    await program.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await becomesReady(
      program,
      async () => (await (await connect()).request('GET', '/readyz')).status === 200,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...(await connect()),
    auditLog: () => readFile(file('audit.log'), 'utf8'),
    stop,
  };
}
