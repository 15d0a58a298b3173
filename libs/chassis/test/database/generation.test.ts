import { statement } from '@secure-backend/chassis/database';
import { writeMountedSecret } from '@secure-backend/local-stack';
import { asSuperuser } from '@secure-backend/local-stack/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenDatabase, prepareDatabase } from './open.test.database.ts';

const whoAmI = statement<{ user: string }>('select session_user as user');
const slow = statement<{ user: string }>('select session_user as user, pg_sleep(0.3)');

describe('a change of credential', () => {
  let open: OpenDatabase;
  beforeEach(async () => {
    open = await prepareDatabase({ DATABASE_POOL_SIZE: '2' });
    await open.database.open();
  });
  afterEach(() => open.close());

  async function changeTo(username: string, password: string) {
    await writeMountedSecret(`${open.surroundings.secretsDirectory}/db-credentials`, { username, password });
    await open.credentials.refresh();
  }

  it('makes a new generation; units of work, waiting ones too, finish on the old one', async () => {
    const [first, second] = open.surroundings.names.runtimeLogins;
    const { superuser, names } = open.surroundings;
    const create = `create role ${second} login password 'next-password-1' in role ${names.runtime}`;
    await asSuperuser(superuser, 'postgres', (client) => client.query(create));
    const bound = Array.from({ length: 6 }, () => open.database.query(slow));
    await changeTo(second, 'next-password-1');
    await expect.poll(() => open.database.generation).toBe(2);

    await expect(open.database.query(whoAmI)).resolves.toEqual([{ user: second }]);
    const users = (await Promise.all(bound)).flat().map(({ user }) => user);
    expect(users).toEqual(Array.from({ length: 6 }, () => first));
  });

  it('keeps the old generation when the new credential is refused, and says so without the password', async () => {
    await changeTo('nobody-knows-me', 'canary-password');
    await expect.poll(() => open.log()).toContain('new database credential refused');

    expect(open.database.generation).toBe(1);
    await expect(open.database.query(whoAmI)).resolves.toHaveLength(1);
    expect(open.log()).toContain('28P01');
    expect(open.log()).not.toMatch(/canary-password|nobody-knows-me/);
  });

  it('closes after its last unit of work', async () => {
    const running = open.database.query(slow);
    const closed = open.database.close();

    await expect(running).resolves.toHaveLength(1);
    await closed;
    await expect(open.database.query(whoAmI)).rejects.toMatchObject({ code: 'no generation' });
  });
});
