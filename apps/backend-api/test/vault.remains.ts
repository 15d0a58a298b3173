import {
  asSuperuser,
  type TestDatabase,
  type ThrowawayVault,
  VaultError,
} from '@secure-backend/local-stack/testing';

/** What is left of a service: logins that Vault has made for it, their leases, and sessions under them. */
export interface Remains {
  roles: number;
  leases: number;
  sessions: number;
}

export async function remainsAt(
  vault: ThrowawayVault,
  { names, superuser }: TestDatabase,
  databasePath: string,
): Promise<Remains> {
  const rows = (sql: string) =>
    asSuperuser(superuser, 'postgres', async (client) => (await client.query(sql)).rows.length);
  // By their group, since long names are cut; and by the program, since sessions outlive their role.
  const own = [...names.runtimeLogins, names.vault].map((name) => `'${name}'`).join(', ');
  return {
    roles: await rows(`select from pg_auth_members m join pg_roles r on r.oid = m.member
      where m.roleid = '${names.runtime}'::regrole and r.rolname not in (${own})`),
    leases: await leasesOf(vault, databasePath),
    sessions: await rows(`select from pg_stat_activity
      where datname = '${names.database}' and application_name = 'backend-api'`),
  };
}

async function leasesOf(vault: ThrowawayVault, databasePath: string): Promise<number> {
  const listing = vault.call('LIST', `sys/leases/lookup/${databasePath}`);
  const answer = await listing.catch((error: VaultError) => error);
  // An empty list isn't found.
  return answer instanceof VaultError && answer.status === 404
    ? 0
    : (answer as { data: { keys: string[] } }).data.keys.length;
}
