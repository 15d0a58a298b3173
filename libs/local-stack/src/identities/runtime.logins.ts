import { readFile } from 'node:fs/promises';
import { escapeIdentifier } from 'pg';
import type { Login } from '../credentials/index.ts';
import { asSuperuser, type PostgresCoordinates } from '../postgres/index.ts';
import type { IdentityNames } from './identity.names.ts';
import { fillVariables } from './sql.variables.ts';

const SQL_FILE = new URL('sql/runtime.login.sql', import.meta.url);

/** Gives one of the runtime logins a new password and lets it in; what is logged in already stays. */
export async function openRuntimeLogin(
  postgres: PostgresCoordinates,
  names: IdentityNames,
  { username, password }: Login,
): Promise<void> {
  const sql = await readFile(SQL_FILE, 'utf8');
  const values = { runtime: names.runtime, login: username, password };
  await asSuperuser(postgres, names.database, (client) => client.query(fillVariables(sql, values)));
}

/** Nobody can log in as it any more; its sessions stay. */
export async function closeRuntimeLogin(
  postgres: PostgresCoordinates,
  names: IdentityNames,
  username: string,
): Promise<void> {
  const sql = `ALTER ROLE ${escapeIdentifier(username)} NOLOGIN`;
  await asSuperuser(postgres, names.database, (client) => client.query(sql));
}
