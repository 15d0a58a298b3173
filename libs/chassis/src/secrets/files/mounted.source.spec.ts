import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeMountedSecret } from '@secure-backend/local-stack';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../telemetry/index.ts';
import { apiKeys, databaseCredentials } from '../credential.schemas.ts';
import { readMountedDirectory } from './mounted.directory.ts';
import { MountedSource } from './mounted.source.ts';

const isTorn = (username?: string, password?: string) =>
  username?.replace('user', '') !== password?.replace('secret', '');
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

  it('is never torn in 4,000 reads while it is swapped, where reading file by file is (matrix: torn pair)', async () => {
    await writeMountedSecret(directory, login(0));
    const torn = { whole: 0, naive: 0 };
    const done = new AbortController();
    const swapping = (async () => {
      for (let n = 1; !done.signal.aborted; n++) {
        await writeMountedSecret(directory, login(n));
      }
    })();
    for (let reads = 0; reads < 4_000; reads++) {
      const { username, password } = await readMountedDirectory(directory);
      torn.whole += Number(isTorn(username, password));
      const naiveUsername = await readFile(join(directory, 'username'), 'utf8').catch(() => 'user');
      const naivePassword = await readFile(join(directory, 'password'), 'utf8').catch(() => 'secret');
      torn.naive += Number(isTorn(naiveUsername, naivePassword));
    }
    done.abort();
    await swapping;

    expect(torn.whole).toBe(0);
    expect(torn.naive).toBeGreaterThan(0);
  });

  it('is followed through event after event, not only the first (matrix: ..data swap)', async () => {
    await writeMountedSecret(directory, login(0));
    const source = await open();
    for (let n = 1; n <= 10; n++) {
      await writeMountedSecret(directory, login(n));
      // Far less than the poll would take.
      await expect.poll(() => source.current.value, { timeout: 2_500 }).toEqual(login(n));
    }
    await source.close();
  });

  it('is followed by polling where no event comes, as when the directory itself was replaced', async () => {
    await writeMountedSecret(directory, login(1));
    const source = await open();
    await rm(directory, { recursive: true });
    await expect.poll(() => source.state, { timeout: 8_000 }).toBe('DEGRADED');
    await expect.poll(() => source.problem, { timeout: 8_000 }).toContain('mount the secret there');
    await writeMountedSecret(directory, login(2));

    await expect.poll(() => source.current.value, { timeout: 8_000 }).toEqual(login(2));
    expect(source.state).toBe('ACTIVE');
    await source.close();
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

  it('is warned of when it lies in plain files, which a subPath mount never changes (matrix: subPath)', async () => {
    const lines: string[] = [];
    const logger = createLogger(
      { service: 'test', version: '1', level: 'trace' },
      { write: (line: string) => void lines.push(line) },
    );
    await writeMountedSecret(directory, login(1));
    await (await MountedSource.open(directory, databaseCredentials, logger)).close();
    expect(lines).toEqual([]);

    await rm(join(directory, '..data'));
    await rm(join(directory, 'username'));
    await rm(join(directory, 'password'));
    await writeFile(join(directory, 'username'), 'user-1');
    await writeFile(join(directory, 'password'), 'secret-1');
    await (await MountedSource.open(directory, databaseCredentials, logger)).close();
    expect(lines).toEqual([expect.stringContaining('mount the whole Secret as a directory')]);
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
