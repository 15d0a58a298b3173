// Where the demo has its credentials from: mounted files or Vault.
import { readdirSync, readFileSync, realpathSync, watch } from 'node:fs';
import { join } from 'node:path';

const { env } = process;
const fromVault = Boolean(env.VAULT_ADDRESS);
const read = (secret, file) => readFileSync(join(env.SECRETS_DIRECTORY, secret, file), 'utf8');

let token = '';

async function askVault(path, body) {
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
  const answer = await fetch(`${env.VAULT_ADDRESS}/v1/${path}`, {
    ...init,
    headers: { 'x-vault-token': token },
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

async function ask(path) {
  const [role_id, secret_id] = ['role-id', 'secret-id'].map((file) => read('vault-approle', file));
  token ||= (await askVault('auth/approle/login', { role_id, secret_id })).auth.client_token;
  return (await askVault(path)).data;
}

/** @returns {Promise<{username: string, password: string}>} */
export async function readLogin(secret, vaultPath) {
  if (fromVault) return ask(vaultPath);
  return { username: read(secret, 'username'), password: read(secret, 'password') };
}

/** @returns {Promise<string[]>} */
export async function readApiKeys() {
  if (fromVault) return Object.values((await ask(env.VAULT_CALLERS_PATH)).data);
  return readTogether('api-keys');
}

/** All files of one and the same version: following each file's own link could meet two, or one that isn't linked yet. */
function readTogether(secret) {
  const link = join(env.SECRETS_DIRECTORY, secret, '..data');
  for (let tries = 0; tries < 10; tries++) {
    const data = realpathSync(link);
    try {
      const contents = readdirSync(data).map((file) => readFileSync(join(data, file), 'utf8'));
      if (realpathSync(link) === data) return contents;
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  throw new Error(`${secret} changes all the time`);
}

/** Calls back when the mounted login has changed; a lease of Vault is noticed when it fails. */
export function whenLoginChanges(listener) {
  if (fromVault) return;
  watch(join(env.SECRETS_DIRECTORY, 'db-credentials'), (_, file) => {
    if (file === '..data') listener();
  }).unref();
}
