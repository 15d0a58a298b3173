import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseAccountOfRoot } from './server.account.ts';

describe('the account of Postgres when root starts it', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'local-stack-account-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('is nobody when nothing names another user', async () => {
    await expect(chooseAccountOfRoot([], '/etc/not-there/yet', {})).resolves.toEqual({
      uid: 65_534,
      gid: 65_534,
    });
  });

  it('is who called sudo', async () => {
    const sudo = { SUDO_UID: '1', SUDO_GID: '1' };
    await expect(chooseAccountOfRoot([], '/etc', sudo)).resolves.toEqual({ uid: 1, gid: 1 });
  });

  it('is not a user without a name, whom initdb would refuse', async () => {
    const sudo = { SUDO_UID: '54321', SUDO_GID: '54321' };
    await expect(chooseAccountOfRoot([], '/etc', sudo)).resolves.toMatchObject({ uid: 65_534 });
  });

  it('is never root, whoever owns the folder', async () => {
    const { uid } = await chooseAccountOfRoot([directory], join(directory, 'not-there'), {});
    expect(uid).toBe(userInfo().uid || 65_534);
  });
});
