import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeMountedSecret } from '../credentials/index.ts';
import type { VaultCall } from './vault.client.ts';

export interface TokenTimes {
  /** Seconds that a token is valid for, and a renewal adds. */
  tokenSeconds: number;
  /** Seconds after which no renewal helps. */
  tokenMaxSeconds: number;
}

/**
 * A role of AppRole whose tokens have these policies and nothing else, with its login as the mounted secret
 * `vault-approle`.
 *
 * @param secretsDirectory of whoever is to log in
 */
export async function provisionAppRole(
  call: VaultCall,
  role: string,
  policies: readonly string[],
  { tokenSeconds, tokenMaxSeconds }: TokenTimes,
  secretsDirectory: string,
): Promise<void> {
  const path = `auth/approle/role/${role}`;
  await call('POST', path, {
    token_policies: policies,
    token_no_default_policy: true,
    token_ttl: tokenSeconds,
    token_max_ttl: tokenMaxSeconds,
    token_type: 'service',
  });
  const [id, secret] = await Promise.all([
    call('GET', `${path}/role-id`) as Promise<{ data: { role_id: string } }>,
    call('POST', `${path}/secret-id`) as Promise<{ data: { secret_id: string } }>,
  ]);
  await mkdir(secretsDirectory, { recursive: true, mode: 0o700 });
  await writeMountedSecret(join(secretsDirectory, 'vault-approle'), {
    'role-id': id.data.role_id,
    'secret-id': secret.data.secret_id,
  });
}
