import { escapeIdentifier } from 'pg';
import type { IdentityNames } from '../identities/index.ts';
import type { PostgresCoordinates } from '../postgres/index.ts';
import type { VaultCall } from './vault.client.ts';

export interface LeaseTimes {
  /** Seconds that a login is valid for, and a renewal adds. */
  leaseSeconds: number;
  /** Seconds after which no renewal helps. */
  maxLeaseSeconds: number;
}

/** 63 is Postgres' longest name: 42 of the role's name, a dash, 20 random letters. The role's name tells whose login it is. */
const USERNAME_TEMPLATE = '{{ printf "%s-%s" (.RoleName | truncate 42) (random 20) }}';

/** How Vault reaches Postgres: as its own login, with the server verified as strictly as the service does it. */
export async function writeConnection(
  call: VaultCall,
  postgres: PostgresCoordinates,
  names: IdentityNames,
  password: string,
): Promise<void> {
  const trust = `sslmode=verify-full&sslrootcert=${encodeURIComponent(postgres.caFile)}`;
  await call('POST', `database/config/${names.database}`, {
    plugin_name: 'postgresql-database-plugin',
    allowed_roles: [names.runtime, names.migrator, names.runtimeLogins[1]],
    connection_url: `postgresql://{{username}}:{{password}}@${postgres.host}:${postgres.port}/${names.database}?${trust}`,
    username: names.vault,
    password,
    username_template: USERNAME_TEMPLATE,
    // Postgres gets verifiers, so that no password is in a statement, and none in its log.
    password_authentication: 'scram-sha-256',
  });
  // From here on nobody but Vault knows it.
  await call('POST', `database/rotate-root/${names.database}`);
}

/** Logins with the rights of the group, made for one reader each. */
export async function writeRuntimeRole(
  call: VaultCall,
  names: IdentityNames,
  times: LeaseTimes,
): Promise<void> {
  await writeDynamicRole(call, names.runtime, names, times, [
    `GRANT ${escapeIdentifier(names.runtime)} TO "{{name}}" WITH INHERIT TRUE, SET FALSE`,
  ]);
}

/** Logins that act as the owner from their first statement, so that all they make is the owner's. */
export async function writeMigratorRole(
  call: VaultCall,
  names: IdentityNames,
  times: LeaseTimes,
): Promise<void> {
  const [owner, migrator, database] = [names.owner, names.migrator, names.database].map(escapeIdentifier);
  await writeDynamicRole(call, names.migrator, names, times, [
    `GRANT ${migrator} TO "{{name}}" WITH INHERIT TRUE, SET TRUE`,
    `ALTER ROLE "{{name}}" IN DATABASE ${database} SET role TO ${owner}`,
  ]);
}

/** The second runtime login: its name stays, Vault changes its password. */
export async function writeStaticRole(
  call: VaultCall,
  names: IdentityNames,
  rotationSeconds: number,
): Promise<void> {
  const [, login] = names.runtimeLogins;
  await call('POST', `database/static-roles/${login}`, {
    db_name: names.database,
    username: login,
    rotation_period: rotationSeconds,
    rotation_statements: [`ALTER ROLE "{{name}}" PASSWORD '{{password}}'`],
  });
}

async function writeDynamicRole(
  call: VaultCall,
  role: string,
  { database }: IdentityNames,
  { leaseSeconds, maxLeaseSeconds }: LeaseTimes,
  rights: string[],
): Promise<void> {
  await call('POST', `database/roles/${role}`, {
    db_name: database,
    default_ttl: leaseSeconds,
    max_ttl: maxLeaseSeconds,
    creation_statements: [
      `CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'`,
      ...rights,
    ],
    renew_statements: [`ALTER ROLE "{{name}}" VALID UNTIL '{{expiration}}'`],
    // Owns nothing, and sessions may finish: whoever holds one notices soon enough.
    revocation_statements: ['DROP ROLE IF EXISTS "{{name}}"'],
    rollback_statements: ['DROP ROLE IF EXISTS "{{name}}"'],
  });
}
