import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findVault, IMAGE, vaultMissing } from './vault.program.ts';

describe('the program of a Vault', () => {
  let folder: string;
  const install = async (name: string, script = 'exit 0') => {
    await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, name), 0o755);
  };
  const env = (more = {}) => ({ PATH: folder, VAULT_TOKEN: 'stray', BAO_ADDR: 'stray', ...more });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'local-stack-vault-program-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    [['vault', 'bao', 'docker'], 'bao'],
    [['vault', 'docker'], 'vault'],
    [['docker', 'podman'], `docker run ${IMAGE}`],
    [['podman'], `podman run ${IMAGE}`],
  ])('of %j is %s', async (installed, name) => {
    await Promise.all(installed.map((program) => install(program)));
    expect(vaultMissing(env())).toBeUndefined();
    expect(findVault(env())?.name).toBe(name);
  });

  it('gets nothing of ours that would change what it does', async () => {
    await install('bao');
    expect(findVault(env({ HOME: '/home/me' }))?.env).toEqual({ PATH: folder, HOME: '/home/me' });
  });

  it('listens on the loopback interface, also in a container, which sees only what it is given', async () => {
    await install('docker');
    const args = findVault(env())?.args(8201, ['/some/tls']) ?? [];
    expect(args).toContain('-dev-listen-address=127.0.0.1:8201');
    expect(args.filter((arg) => arg.startsWith('--volume'))).toEqual(['--volume=/some/tls:/some/tls:ro']);
  });

  it('is said to be missing, with both ways to get it', async () => {
    await writeFile(join(folder, 'vault'), 'not a program');
    expect(vaultMissing(env())).toMatch(/^neither bao nor vault is on the PATH: install OpenBao/);
    await install('docker', '[ "$1" != image ]');
    expect(findVault(env())).toBeUndefined();
    expect(vaultMissing(env())).toContain(`docker has no image of OpenBao`);
    expect(vaultMissing(env())).toContain(`run: docker pull ${IMAGE}`);
  });
});
