import { randomBytes } from 'node:crypto';
import { asSuperuser, type TestDatabase } from '@secure-backend/local-stack/testing';

export interface Credentials {
  username: string;
  password: string;
}

/** What Vault's database engine does in Postgres, done as the superuser; one statement after the other. */
export class FakeDatabase {
  #statements: Promise<unknown> = Promise.resolve();

  constructor(private readonly surroundings: TestDatabase) {}

  async createRole(group: string, seconds: number): Promise<Credentials> {
    const username = `${group}-${randomBytes(8).toString('hex')}`;
    const password = randomBytes(12).toString('hex');
    await this.#run(
      `create role "${username}" login password '${password}' valid until '${end(seconds)}' in role "${group}"`,
    );
    return { username, password };
  }

  async prolongRole(username: string, seconds: number): Promise<void> {
    await this.#run(`alter role "${username}" valid until '${end(seconds)}'`);
  }

  async dropRole(username: string): Promise<void> {
    await this.#run(`drop role if exists "${username}"`);
  }

  /** Of a login with the rights of the group, which is made when it isn't there. */
  async changePassword(username: string, group: string): Promise<Credentials> {
    const password = randomBytes(12).toString('hex');
    const change = `alter role "${username}" login password '${password}'`;
    await this
      .#run(`do $$ begin create role "${username}" in role "${group}"; exception when duplicate_object then end $$;
      ${change}`);
    return { username, password };
  }

  /** Postgres refuses two changes of the same rights at once. */
  #run(sql: string): Promise<void> {
    const { superuser, names } = this.surroundings;
    const statement = this.#statements.then(() =>
      asSuperuser(superuser, names.database, async (client) => {
        await client.query(sql);
      }),
    );
    this.#statements = statement.catch(() => undefined);
    return statement;
  }
}

/** A little after the lease, as Vault does it. */
function end(seconds: number): string {
  return new Date(Date.now() + (seconds + 5) * 1_000).toISOString();
}
