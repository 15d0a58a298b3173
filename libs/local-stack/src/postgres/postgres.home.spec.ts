import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removePostgres } from './abandoned.postgres.ts';
import { isReachable } from './path.reach.ts';
import { findBinaries } from './platform.binaries.ts';
import { settleHomeFor } from './postgres.home.ts';
import { startPostgres } from './postgres.launcher.ts';
import { refugeOf } from './refuge.directory.ts';
import { asSuperuser } from './superuser.session.ts';

const stranger = { uid: 54_321, gid: 54_321 };

describe('the home of Postgres', () => {
  let parent: string;
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const settle = async (wanted: string) => settleHomeFor(stranger, await findBinaries(), wanted, log);

  beforeEach(async () => {
    lines.length = 0;
    parent = await mkdtemp(join(tmpdir(), 'local-stack-home-'));
  });
  afterEach(() => rm(parent, { recursive: true }));

  it('is where it was wanted when the account can reach it', async () => {
    await chmod(parent, 0o711);
    const home = await settle(join(parent, 'postgres'));
    expect(home.directory).toBe(join(parent, 'postgres'));
    expect(lines).toEqual([]);
  });

  it('moves to a private folder when the account cannot, and says so', async () => {
    const wanted = join(parent, 'postgres');
    const home = await settle(wanted);
    expect(home.directory).toBe(refugeOf(wanted));
    expect((await stat(home.directory)).mode & 0o777).toBe(0o711);
    expect(lines).toEqual([expect.stringContaining(refugeOf(wanted))]);
    await rm(home.directory, { recursive: true });
  });

  it('refuses a folder that somebody else could have put in its place', async () => {
    const wanted = join(parent, 'postgres');
    await mkdir(refugeOf(wanted));
    await chmod(refugeOf(wanted), 0o777);
    await expect(settle(wanted)).rejects.toThrow('is not a private folder');
    await rm(refugeOf(wanted), { recursive: true });
  });

  it('brings the binaries along when the account cannot reach them, links mended', async () => {
    await chmod(parent, 0o711);
    const root = join(parent, 'closed', 'native');
    await mkdir(join(root, 'lib'), { recursive: true });
    await chmod(join(parent, 'closed'), 0o700);
    await writeFile(join(root, 'lib', 'libpq.so.5.18'), 'library');
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
    await writeFile(join(root, 'pg-symlinks.json'), JSON.stringify(links));

    const bring = () => settleHomeFor(stranger, { root, version: '18.4.0' }, join(parent, 'postgres'), log);
    const [{ binaries }] = await Promise.all([bring(), bring()]);
    expect(binaries.root).toBe(join(parent, 'postgres', 'binaries-18.4.0', 'native'));
    await expect(readFile(join(binaries.root, 'lib', 'libpq.so.5'), 'utf8')).resolves.toBe('library');
    await expect(isReachable(join(binaries.root, 'lib'), stranger)).resolves.toBe(true);
  });

  it('can be started in whether or not it had to move', async () => {
    const wanted = join(parent, 'postgres');
    const postgres = await startPostgres({ directory: wanted, durability: 'off', log });
    const moved = process.getuid?.() === 0;
    expect(postgres.caFile.startsWith(moved ? refugeOf(wanted) : wanted)).toBe(true);
    await expect(
      asSuperuser(postgres, 'postgres', (client) => client.query('SELECT 1')),
    ).resolves.toBeDefined();
    await postgres.stop();
    await removePostgres(wanted);
    await expect(stat(refugeOf(wanted))).rejects.toThrow('ENOENT');
  });

  it('knows that a folder closed to others is out of reach below, too', async () => {
    await mkdir(join(parent, 'open'), { mode: 0o755 });
    await expect(isReachable(join(parent, 'open'), stranger)).resolves.toBe(false);
    await chmod(parent, 0o711);
    await expect(isReachable(join(parent, 'open'), stranger)).resolves.toBe(true);
  });
});
