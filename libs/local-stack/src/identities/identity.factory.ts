import { readFile } from 'node:fs/promises';
import { escapeIdentifier, type Client } from 'pg';
import type { Login } from '../credentials/index.ts';
import { asSuperuser, type PostgresCoordinates } from '../postgres/index.ts';
import type { IdentityNames } from './identity.names.ts';
import { fillVariables } from './sql.variables.ts';

const SQL_FILE = new URL('sql/identities.sql', import.meta.url);
const VAULT_SQL_FILE = new URL('sql/vault.identity.sql', import.meta.url);

/**
 * Creates database and roles of one service, or brings those that are there to what they should be. The passwords become the
 * given ones.
 *
 * @throws Error when a login isn't one of the service's own
 */
export async function createIdentities(
  postgres: PostgresCoordinates,
  names: IdentityNames,
  logins: { migrator: Login; runtime: Login },
): Promise<void> {
  if (logins.migrator.username !== names.migrator || !names.runtimeLogins.includes(logins.runtime.username)) {
    throw new Error(
      `${logins.migrator.username} and ${logins.runtime.username} are no logins of ${names.database}.`,
    );
  }
  await asSuperuser(postgres, 'postgres', (client) => ensureDatabase(client, names.database));
  const sql = fillVariables(await readFile(SQL_FILE, 'utf8'), {
    database: names.database,
    owner: names.owner,
    migrator: names.migrator,
    migrator_password: logins.migrator.password,
    runtime: names.runtime,
    runtime_login: logins.runtime.username,
    runtime_password: logins.runtime.password,
  });
  await asSuperuser(postgres, names.database, (client) => client.query(sql));
}

/**
 * Creates the login with which Vault issues logins of a service whose identities are there, and the second runtime login,
 * whose password Vault may change.
 */
export async function createVaultIdentity(
  postgres: PostgresCoordinates,
  names: IdentityNames,
  password: string,
): Promise<void> {
  const sql = fillVariables(await readFile(VAULT_SQL_FILE, 'utf8'), {
    database: names.database,
    vault: names.vault,
    vault_password: password,
    runtime: names.runtime,
    migrator: names.migrator,
    static_login: names.runtimeLogins[1],
  });
  await asSuperuser(postgres, names.database, (client) => client.query(sql));
}

/** Removes the database, even with sessions open, and its roles, those that Vault has issued included. */
export async function dropIdentities(postgres: PostgresCoordinates, names: IdentityNames): Promise<void> {
  await asSuperuser(postgres, 'postgres', async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(names.database)} WITH (FORCE)`);
    const issued = await issuedLogins(client, names);
    const roles = [
      ...issued,
      ...names.runtimeLogins,
      names.runtime,
      names.migrator,
      names.owner,
      names.vault,
    ];
    await client.query(`DROP ROLE IF EXISTS ${roles.map(escapeIdentifier).join(', ')}`);
  });
}

/**
 * Removes the logins that a Vault has issued and, being in memory only, forgotten. The service must not run.
 */
export async function dropIssuedLogins(postgres: PostgresCoordinates, names: IdentityNames): Promise<void> {
  await asSuperuser(postgres, 'postgres', async (client) => {
    const issued = await issuedLogins(client, names);
    if (issued.length > 0) await client.query(`DROP ROLE ${issued.map(escapeIdentifier).join(', ')}`);
  });
}

/** Logins that Vault has made and not yet dropped. */
async function issuedLogins(client: Client, { runtime, migrator }: IdentityNames): Promise<string[]> {
  const { rows } = await client.query<{ rolname: string }>(
    "SELECT rolname FROM pg_roles WHERE starts_with(rolname, $1 || '-') OR starts_with(rolname, $2 || '-')",
    [runtime, migrator],
  );
  return rows.map(({ rolname }) => rolname);
}

/** Belongs to the superuser: an owner could drop it, and gets rights in it that nobody granted. */
async function ensureDatabase(client: Client, database: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(database)} TEMPLATE template0`);
}
