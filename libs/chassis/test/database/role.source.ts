import { randomBytes } from 'node:crypto';
import type {
  DatabaseCredentials,
  SecretSource,
  SecretState,
  SecretVersion,
} from '@secure-backend/chassis/secrets';
import { asSuperuser, type TestDatabase } from '@secure-backend/local-stack/testing';

type Version = SecretVersion<DatabaseCredentials>;

export interface IssueOptions {
  /** Milliseconds of the system clock; never unless said. */
  expiresAt?: number;
  /** Whether the role gets the service's rights. */
  isGranted?: boolean;
}

/** A source that is its own store: each version is a real role of Postgres, as Vault's database engine makes them. */
export class RoleSource implements SecretSource<DatabaseCredentials> {
  readonly name = 'db-credentials';
  state: SecretState = 'ACTIVE';
  problem: string | undefined;
  current!: Version;
  /** How often somebody asked for another version. */
  replacements = 0;
  /** What asking for another version does. */
  onReplace: () => Promise<unknown> = () => this.rotate();
  readonly #listeners = new Set<(next: Version) => void>();
  #replacing: Promise<unknown> | undefined;
  #statements: Promise<unknown> = Promise.resolve();
  #issued = 0;

  private constructor(readonly surroundings: TestDatabase) {}

  static async open(surroundings: TestDatabase): Promise<RoleSource> {
    const source = new RoleSource(surroundings);
    source.current = await source.issue();
    return source;
  }

  subscribe(listener: (next: Version) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async replace(refused: Version): Promise<void> {
    if (refused !== this.current) {
      return;
    }
    this.#replacing ??= (async () => {
      this.replacements += 1;
      await this.onReplace();
    })().finally(() => {
      this.#replacing = undefined;
    });
    await this.#replacing;
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }

  /** Makes a role, without announcing it. */
  async issue({ expiresAt = Infinity, isGranted = true }: IssueOptions = {}): Promise<Version> {
    this.#issued += 1;
    const username = `${this.surroundings.names.database}_v${this.#issued}`;
    const password = randomBytes(12).toString('hex');
    const member = isGranted ? `in role ${this.surroundings.names.runtime}` : '';
    await this.superuser(`create role ${username} login password '${password}' ${member};
      grant connect on database ${this.surroundings.names.database} to ${username}`);
    return { value: { username, password }, expiresAt, release: () => this.revoke(username) };
  }

  announce(next: Version): void {
    this.current = next;
    for (const listener of this.#listeners) {
      listener(next);
    }
  }

  async rotate(options?: IssueOptions): Promise<void> {
    this.announce(await this.issue(options));
  }

  /** As Vault does without statements of one's own: the role goes, its sessions stay. */
  async revoke(username = this.current.value.username, { isTerminating = false } = {}): Promise<void> {
    const terminate = `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${username}'`;
    await this.superuser(
      `drop owned by ${username}; drop role ${username}${isTerminating ? `; ${terminate}` : ''}`,
    ).catch((error: { code?: string }) => {
      // Gone already.
      if (error.code !== '42704') {
        throw error;
      }
    });
  }

  /** Names of the roles that it made and that are still there. */
  async roles(): Promise<string[]> {
    const pattern = `${this.surroundings.names.database}\\_v%`;
    const found = await this.rows(
      `select rolname from pg_roles where rolname like '${pattern}' order by oid`,
    );
    return found.map(({ rolname = '' }) => rolname);
  }

  /** Sessions of the service, by user. */
  async sessions(): Promise<Map<string, number>> {
    const rows = await this.rows(`select usename, count(*)::text as sessions from pg_stat_activity
      where datname = '${this.surroundings.names.database}' and application_name = 'chassis-test' group by 1`);
    return new Map(rows.map(({ usename = '', sessions }) => [usename, Number(sessions)]));
  }

  /** One after the other: Postgres refuses two changes of the same rights at once. */
  async superuser(sql: string): Promise<void> {
    const statement = this.#statements.then(() => this.rows(sql));
    this.#statements = statement.catch(() => undefined);
    await statement;
  }

  /** As the superuser, who sees everything. */
  rows(sql: string): Promise<Record<string, string>[]> {
    const { superuser, names } = this.surroundings;
    return asSuperuser(superuser, names.database, async (client) => {
      const { rows } = await client.query<Record<string, string>>(sql);
      return rows;
    });
  }
}
