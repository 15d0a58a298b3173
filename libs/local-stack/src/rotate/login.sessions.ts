import { Client } from 'pg';
import { readFile } from 'node:fs/promises';
import type { IdentityNames } from '../identities/index.ts';
import type { PostgresCoordinates } from '../postgres/index.ts';

/** A role that was dropped has sessions without a name. */
const QUERY = `
  SELECT usesysid AS id, usename AS name, count(*)::int AS sessions
  FROM pg_stat_activity
  WHERE datname = $1 AND backend_type = 'client backend'
    AND (usename IS NULL OR usename = ANY($2) OR starts_with(usename, $3 || '-'))
  GROUP BY usesysid, usename
  ORDER BY min(backend_start)`;

interface Row {
  id: number;
  /** Null when the role was dropped. */
  name: string | null;
  sessions: number;
}

/** Tells the sessions of a service's runtime logins, on one session of the superuser. */
export class LoginSessions {
  readonly #client: Client;
  readonly #names: IdentityNames;
  /** Names by id, of roles that are gone too. */
  readonly #known = new Map<number, string>();

  private constructor(client: Client, names: IdentityNames) {
    this.#client = client;
    this.#names = names;
  }

  static async open(postgres: PostgresCoordinates, names: IdentityNames): Promise<LoginSessions> {
    const { host, port, superuser, caFile } = postgres;
    const { username: user, password } = superuser;
    const ssl = { ca: await readFile(caFile, 'utf8') };
    const client = new Client({ host, port, database: names.database, user, password, ssl });
    // A session that breaks fails its statement; without a listener it would end the process.
    client.on('error', () => undefined);
    await client.connect();
    return new LoginSessions(client, names);
  }

  /** Number of sessions by login, oldest first; undefined when Postgres doesn't answer. */
  async count(): Promise<Map<string, number> | undefined> {
    const { database, runtime, runtimeLogins } = this.#names;
    try {
      const { rows } = await this.#client.query<Row>(QUERY, [database, runtimeLogins, runtime]);
      for (const { id, name } of rows) if (name) this.#known.set(id, name);
      return new Map(rows.map(({ id, sessions }) => [this.#known.get(id) ?? `role ${id}`, sessions]));
    } catch {
      return undefined;
    }
  }

  async close(): Promise<void> {
    await this.#client.end();
  }
}
