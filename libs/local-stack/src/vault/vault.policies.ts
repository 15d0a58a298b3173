import { readFile } from 'node:fs/promises';
import type { IdentityNames } from '../identities/index.ts';
import type { VaultCall } from './vault.client.ts';

/** Each one is a file in policies/. */
export type PolicyKind = 'runtime' | 'static' | 'migrator';

export const policyName = ({ database }: IdentityNames, kind: PolicyKind): string => `${database}_${kind}`;

/** Writes one of a service's policies. */
export async function writePolicy(call: VaultCall, names: IdentityNames, kind: PolicyKind): Promise<void> {
  const text = await readFile(new URL(`policies/${kind}.hcl`, import.meta.url), 'utf8');
  const values: Readonly<Record<string, string>> = {
    database: names.database,
    runtime: names.runtime,
    migrator: names.migrator,
    static_login: names.runtimeLogins[1],
  };
  const policy = text.replace(/\$\{(\w+)\}/g, (variable, name: string) => values[name] ?? variable);
  await call('PUT', `sys/policies/acl/${policyName(names, kind)}`, { policy });
}
