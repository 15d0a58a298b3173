import { lstat, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMountedSecret, writeMountedSecret } from './mounted.secret.ts';

const pair = (generation: number) => ({
  username: `user-${generation}`,
  password: `password-${generation}`,
});

describe('a mounted secret', () => {
  let directory: string;
  beforeEach(async () => {
    directory = join(await mkdtemp(join(tmpdir(), 'local-stack-secret-')), 'db-credentials');
  });
  afterEach(() => rm(join(directory, '..'), { recursive: true }));

  it('lies as Kubernetes lays it out: links through ..data into a folder of its time', async () => {
    await writeMountedSecret(directory, { username: 'someone', password: 'something' });
    const data = await readlink(join(directory, '..data'));
    expect(data).toMatch(/^\.\.\d{4}_\d\d_\d\d_\d\d_\d\d_\d\d\.\w+$/);
    expect((await readdir(directory)).toSorted()).toEqual(
      [data, '..data', 'password', 'username'].toSorted(),
    );
    await expect(readlink(join(directory, 'username'))).resolves.toBe(join('..data', 'username'));
    await expect(readFile(join(directory, 'username'), 'utf8')).resolves.toBe('someone');
  });

  it('can be read by its owner only', async () => {
    await writeMountedSecret(directory, { key: 'value' });
    const modes = ['', '..data/', '..data/key'].map(
      async (path) => (await lstat(join(directory, path))).mode & 0o777,
    );
    await expect(Promise.all(modes)).resolves.toEqual([0o700, 0o700, 0o600]);
  });

  it('loses the generation before and the files that are no longer given', async () => {
    await writeMountedSecret(directory, { caller: 'one', 'caller.previous': 'zero' });
    await writeMountedSecret(directory, { caller: 'two' });
    await expect(readMountedSecret(directory)).resolves.toEqual({ caller: 'two' });
    expect(await readdir(directory)).toHaveLength(3);
  });

  it('takes the place of plain files', async () => {
    await writeMountedSecret(directory, {});
    await writeFile(join(directory, 'key'), 'plain\n');
    await expect(readMountedSecret(directory)).resolves.toEqual({ key: 'plain' });
    await writeMountedSecret(directory, { key: 'mounted' });
    expect((await lstat(join(directory, 'key'))).isSymbolicLink()).toBe(true);
    await expect(readMountedSecret(directory)).resolves.toEqual({ key: 'mounted' });
  });

  it('never changes by halves', async () => {
    await writeMountedSecret(directory, pair(0));
    // Through ..data, opened once, as the service reads it: one file at a time could meet two generations.
    const readPair = async () => {
      const generation = join(directory, await readlink(join(directory, '..data')));
      const [username, password] = await Promise.all(
        ['username', 'password'].map((name) => readFile(join(generation, name), 'utf8')),
      );
      return { username, password };
    };
    const end = new AbortController();
    const seen: { username?: string; password?: string }[] = [];
    const reader = async () => {
      while (!end.signal.aborted) {
        // oxlint-disable-next-line no-await-in-loop -- one read after the other
        const read = await readPair().catch(() => undefined);
        if (read) seen.push(read);
      }
    };
    const readers = [reader(), reader()];
    for (let generation = 1; generation <= 50; generation += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one generation after the other
      await writeMountedSecret(directory, pair(generation));
    }
    end.abort();
    await Promise.all(readers);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter(({ username, password }) => username?.slice(5) !== password?.slice(9))).toEqual([]);
  });

  it.each(['../key', '.hidden', '', 'a/b'])('has no file named "%s"', async (name) => {
    await expect(writeMountedSecret(directory, { [name]: 'x' })).rejects.toThrow("can't be a file");
  });

  it('is undefined where there is none', async () => {
    await expect(readMountedSecret(directory)).resolves.toBeUndefined();
  });
});
