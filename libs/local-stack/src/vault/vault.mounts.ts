import { setTimeout as delay } from 'node:timers/promises';
import { VaultError, type VaultCall } from './vault.client.ts';

const ATTEMPTS = 50;
const POLL_MS = 100;

/** Makes the engines and the auth method that services share, unless they are there: some servers come with `secret/`. */
export async function ensureMounts(call: VaultCall): Promise<void> {
  const [engines, methods] = await Promise.all([mounted(call, 'sys/mounts'), mounted(call, 'sys/auth')]);
  if (!engines.has('database/')) await call('POST', 'sys/mounts/database', { type: 'database' });
  if (!engines.has('secret/'))
    await call('POST', 'sys/mounts/secret', { type: 'kv', options: { version: '2' } });
  if (!methods.has('approle/')) await call('POST', 'sys/auth/approle', { type: 'approle' });
}

/** Writes a secret of KV version 2; a mount that is very young refuses that for a moment. */
export async function writeSecret(
  call: VaultCall,
  path: string,
  data: Readonly<Record<string, string>>,
  attempts = ATTEMPTS,
): Promise<void> {
  try {
    await call('POST', path, { data });
  } catch (error) {
    if (!(error instanceof VaultError) || !/upgrading/i.test(error.message) || attempts <= 1) throw error;
    await delay(POLL_MS);
    await writeSecret(call, path, data, attempts - 1);
  }
}

async function mounted(call: VaultCall, path: string): Promise<Set<string>> {
  const { data } = (await call('GET', path)) as { data: Record<string, unknown> };
  return new Set(Object.keys(data));
}
