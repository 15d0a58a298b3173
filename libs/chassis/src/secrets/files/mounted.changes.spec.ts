import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeMountedSecret } from '@secure-backend/local-stack';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../telemetry/index.ts';
import { databaseCredentials } from '../credential.schemas.ts';
import { readMountedDirectory } from './mounted.directory.ts';
import { MountedSource } from './mounted.source.ts';

const isTorn = (username?: string, password?: string) =>
  username?.replace('user', '') !== password?.replace('secret', '');
const login = (n: number) => ({ username: `user-${n}`, password: `secret-${n}` });

describe('a mounted secret that changes', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mounted-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const open = () => MountedSource.open(directory, databaseCredentials);

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
});
