import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeMountedSecret } from '@secure-backend/local-stack';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apiKeys, databaseCredentials } from '../credential.schemas.ts';
import { MountedSource } from './mounted.source.ts';

const login = (n: number) => ({ username: `user-${n}`, password: `secret-${n}` });

describe('a mounted secret', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mounted-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const open = () => MountedSource.open(directory, databaseCredentials);

  it('is read from the layout of Kubernetes', async () => {
    await writeMountedSecret(directory, login(1));

    expect((await open()).current.value).toEqual(login(1));
  });

  it('is read from plain files, without their final line break', async () => {
    await writeFile(join(directory, 'username'), 'user-1\n');
    await writeFile(join(directory, 'password'), 'secret-1\r\n');

    expect((await open()).current.value).toEqual(login(1));
  });

  it('announces the next value, once, and keeps the last good one', async () => {
    await writeMountedSecret(directory, login(1));
    const source = await open();
    const announced: unknown[] = [];
    source.subscribe((next) => announced.push(next.value));

    await source.refresh();
    await writeMountedSecret(directory, login(2));
    await source.refresh();
    await writeMountedSecret(directory, { username: 'user-3' });

    await expect(source.refresh()).rejects.toThrow(/password is missing/);
    expect(announced).toEqual([login(2)]);
    expect(source.current.value).toEqual(login(2));
  });

  it('stops announcing when nobody listens any more', async () => {
    await writeMountedSecret(directory, login(1));
    const source = await open();
    const announced: unknown[] = [];
    const stop = source.subscribe((next) => announced.push(next.value));
    stop();

    await writeMountedSecret(directory, login(2));
    await source.refresh();
    expect(announced).toEqual([]);
  });

  it.each([
    ['an empty file', { username: 'user-1', password: '' }, /password must be one line/],
    ['two lines', { username: 'user-1', password: 'a\nb' }, /password must be one line/],
    ['a missing file', { username: 'user-1' }, /password is missing/],
  ])('is refused with %s, by name and without its content', async (_, files, message) => {
    await writeMountedSecret(directory, files);

    await expect(open()).rejects.toThrow(message);
    await expect(open()).rejects.not.toThrow(/user-1/);
  });

  it('is refused when the directory is missing, with the cure', async () => {
    await expect(MountedSource.open(join(directory, 'none'), databaseCredentials)).rejects.toThrow(
      /none can't be read \(ENOENT\); mount the secret there/,
    );
  });

  it('is refused when a file is huge or a directory', async () => {
    await writeFile(join(directory, 'username'), 'x'.repeat(70_000));
    await expect(open()).rejects.toThrow(/70000 bytes; a credential has at most 65536/);

    await rm(join(directory, 'username'));
    await mkdir(join(directory, 'username'));
    await expect(open()).rejects.toThrow(/can't be read \(EISDIR\)/);
  });

  it('gives up on a dangling ..data instead of looping', async () => {
    await symlink('..gone', join(directory, '..data'));

    await expect(open()).rejects.toThrow(/password is missing/);
  });

  it('holds API keys by caller and refuses short, odd and shared ones', async () => {
    const key = 'k'.repeat(16);
    await writeMountedSecret(directory, { 'external-api': key, 'external-api.previous': key });
    expect(Object.keys((await MountedSource.open(directory, apiKeys)).current.value)).toHaveLength(2);

    for (const odd of ['short', `${key} `, `${key}ß`]) {
      await writeMountedSecret(directory, { 'external-api': odd });
      const message = /external-api must be 16 or more visible ASCII characters/;
      await expect(MountedSource.open(directory, apiKeys)).rejects.toThrow(message);
    }

    await writeMountedSecret(directory, { 'external-api': key, 'other-caller': key });
    const message = /external-api is the same key as other-caller/;
    await expect(MountedSource.open(directory, apiKeys)).rejects.toThrow(message);

    await writeMountedSecret(directory, { External_API: key });
    await expect(MountedSource.open(directory, apiKeys)).rejects.toThrow(
      /External_API is no valid file name/,
    );
  });
});
