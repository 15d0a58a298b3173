import { randomBytes } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readMountedSecret, writeMountedSecret } from './mounted.secret.ts';

export interface Login {
  username: string;
  password: string;
}

/** What one service and its migrations are given to log in with, and the first caller's key. */
export interface Credentials {
  runtime: Login;
  migrator: Login;
  apiKey: string;
}

/** The caller that every service knows from the start. */
export const FIRST_CALLER = 'external-api';

/**
 * Reads the service's credentials and makes those that are missing, each as a mounted secret: `db-credentials`,
 * `db-migrator-credentials` and `api-keys`.
 *
 * @param usernames logins that fit the service; a credential for any other one is replaced, the first is the default
 */
export async function ensureCredentials(
  secretsDirectory: string,
  usernames: { migrator: readonly string[]; runtime: readonly string[] },
): Promise<Credentials> {
  await mkdir(secretsDirectory, { recursive: true });
  await chmod(secretsDirectory, 0o700);
  const [runtime, migrator, apiKey] = await Promise.all([
    ensureLogin(join(secretsDirectory, 'db-credentials'), usernames.runtime),
    ensureLogin(join(secretsDirectory, 'db-migrator-credentials'), usernames.migrator),
    ensureApiKey(join(secretsDirectory, 'api-keys')),
  ]);
  return { runtime, migrator, apiKey };
}

async function ensureLogin(directory: string, usernames: readonly string[]): Promise<Login> {
  const { username, password } = (await readMountedSecret(directory)) ?? {};
  if (username && password && usernames.includes(username)) return { username, password };
  const [first] = usernames;
  if (!first) throw new Error(`Nobody may log in with ${directory}.`);
  const login = { username: first, password: newSecret() };
  await writeMountedSecret(directory, login);
  return login;
}

/** Keys of other callers, which somebody may have added, stay. */
async function ensureApiKey(directory: string): Promise<string> {
  const keys = (await readMountedSecret(directory)) ?? {};
  const found = keys[FIRST_CALLER];
  if (found) return found;
  const key = newSecret();
  await writeMountedSecret(directory, { ...keys, [FIRST_CALLER]: key });
  return key;
}

/** 256 random bits in 43 letters that need no escaping anywhere. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
