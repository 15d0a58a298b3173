import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { writeMountedSecret } from '@secure-backend/local-stack';
import { asSuperuser } from '@secure-backend/local-stack/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenDatabase, prepareDatabase } from './open.test.database.ts';
import { whoAmI } from './rotating.database.ts';

describe('credentials in mounted files', () => {
  let open: OpenDatabase;
  let directory: string;
  beforeEach(async () => {
    open = await prepareDatabase({ DATABASE_POOL_SIZE: '3' });
    directory = `${open.surroundings.secretsDirectory}/db-credentials`;
    await open.database.open();
  });
  afterEach(() => open.close());

  const superuser = (sql: string) =>
    asSuperuser(open.surroundings.superuser, 'postgres', (client) => client.query(sql));

  /** As whoever rotates does it: the other login gets a new password first, then the files change. */
  async function rotateTo(username: string) {
    const password = randomBytes(12).toString('hex');
    await superuser(`do $$ begin
        if not exists (select from pg_roles where rolname = '${username}') then create role ${username}; end if;
      end $$;
      alter role ${username} login password '${password}';
      grant ${open.surroundings.names.runtime} to ${username} with inherit true`);
    await writeMountedSecret(directory, { username, password });
  }

  it('fails no unit of work as two logins alternate, swap after swap', async () => {
    const [first, second] = open.surroundings.names.runtimeLogins;
    const failures: unknown[] = [];
    const done = new AbortController();
    const workers = Array.from({ length: 12 }, async () => {
      while (!done.signal.aborted && failures.length < 100) {
        await open.database.query(whoAmI).catch((error: unknown) => failures.push(error));
      }
    });
    for (let n = 0; n < 6; n++) {
      const next = n % 2 === 0 ? second : first;
      await rotateTo(next);
      const current = async () => (await open.database.query(whoAmI))[0]?.user;
      await expect.poll(current, { timeout: 4_000 }).toBe(next);
    }
    done.abort();
    await Promise.all(workers);

    expect(failures).toEqual([]);
    expect(open.database.generation).toBe(7);
  });

  it('fails nothing when the password of the same login changes before the files do (matrix: static-role rotation)', async () => {
    const { username } = open.credentials.current.value;
    const password = randomBytes(12).toString('hex');
    await open.database.query(whoAmI);
    await superuser(`alter role ${username} password '${password}'`);
    // More at once than there are sessions: new ones are refused meanwhile.
    const units = await Promise.all(Array.from({ length: 10 }, () => open.database.query(whoAmI)));
    expect(units).toHaveLength(10);
    expect(open.database.generation).toBe(1);
    await writeMountedSecret(directory, { username, password });

    await expect.poll(() => open.database.generation, { timeout: 8_000 }).toBe(2);
    await Promise.all(Array.from({ length: 10 }, () => open.database.query(whoAmI)));
  });

  it('that become unreadable change nothing for those who work (matrix: torn pair)', async () => {
    await writeMountedSecret(directory, { username: 'somebody', password: '' });
    await expect.poll(() => open.credentials.state, { timeout: 8_000 }).toBe('DEGRADED');
    await rm(directory, { recursive: true });
    await expect(open.database.query(whoAmI)).resolves.toHaveLength(1);
    expect(open.database.generation).toBe(1);
    expect(open.log()).not.toContain('somebody');
  });
});
