import { readFile } from 'node:fs/promises';
import { escapeIdentifier, type Client } from 'pg';
import { newSecret } from '../credentials/index.ts';
import { asSuperuser, type PostgresCoordinates } from '../postgres/index.ts';
import type { IdentityNames } from './identity.names.ts';
import { openRuntimeLogin } from './runtime.logins.ts';
import { fillVariables } from './sql.variables.ts';

const SQL_FILE = new URL('sql/vault.identity.sql', import.meta.url);

/** Creates the login with which Vault issues logins of a service whose identities are there. */
export async function createVaultIdentity(
  postgres: PostgresCoordinates,
  names: IdentityNames,
  password: string,
): Promise<void> {
  const sql = fillVariables(await readFile(SQL_FILE, 'utf8'), {
    database: names.database,
    vault: names.vault,
    vault_password: password,
    runtime: names.runtime,
    migrator: names.migrator,
  });
  await asSuperuser(postgres, names.database, (client) => client.query(sql));
}

/** Hands the second runtime login over to Vault: its name stays, Vault changes its password. */
export async function handOverRuntimeLogin(
  postgres: PostgresCoordinates,
  names: IdentityNames,
): Promise<void> {
  const [, username] = names.runtimeLogins;
  await openRuntimeLogin(postgres, names, { username, password: newSecret() });
  const [login, vault] = [username, names.vault].map(escapeIdentifier);
  const sql = `GRANT ${login} TO ${vault} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE`;
  await asSuperuser(postgres, names.database, (client) => client.query(sql));
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

/** Logins that Vault has made and not yet dropped. Their names may be cut off, what they are members of tells whose they are. */
export async function issuedLogins(client: Client, names: IdentityNames): Promise<string[]> {
  const { rows } = await client.query<{ rolname: string }>(
    `SELECT DISTINCT member.rolname
     FROM pg_auth_members
       JOIN pg_roles member ON member.oid = pg_auth_members.member
       JOIN pg_roles granted ON granted.oid = pg_auth_members.roleid
     WHERE granted.rolname = ANY($1) AND member.rolname <> ALL($2)`,
    [
      [names.runtime, names.migrator],
      [...names.runtimeLogins, names.vault],
    ],
  );
  return rows.map(({ rolname }) => rolname);
}
