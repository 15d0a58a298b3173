import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startVault, vaultMissing, VaultError, type RunningVault } from './index.ts';

const LAUNCHER = join(import.meta.dirname, '../../test-fixtures/launch-vault.js');
const POLICY = 'path "secret/*" { capabilities = ["read"] }';
const missing = vaultMissing();

const isUp = (address: string) =>
  fetch(`${address}/v1/sys/health`).then(
    () => true,
    () => false,
  );

describe.skipIf(missing)(`a development server of Vault${missing ? ` (${missing})` : ''}`, () => {
  let vault: RunningVault;
  beforeAll(async () => {
    vault = await startVault();
  });
  afterAll(() => vault.stop());

  it('takes calls as root, and nobody without a token', async () => {
    await expect(vault.call('GET', 'sys/mounts')).resolves.toHaveProperty('data');
    const stranger = vault.call('GET', 'sys/mounts', undefined, 'a stranger');
    await expect(stranger).rejects.toThrow(VaultError);
    await expect(stranger).rejects.toMatchObject({ status: 403 });
  });

  it('has a random root token only, whatever it started with', async () => {
    expect(vault.rootToken.length).toBeGreaterThan(20);
    await expect(vault.call('GET', 'sys/mounts', undefined, 'root')).rejects.toMatchObject({ status: 403 });
    const { data } = (await vault.call('LIST', 'auth/token/accessors')) as { data: { keys: string[] } };
    expect(data.keys).toHaveLength(1);
  });

  it('can be sealed and unsealed, and knows what it knew', async () => {
    await vault.call('PUT', 'sys/policies/acl/kept', { policy: POLICY });
    await vault.seal();
    await expect(vault.call('GET', 'sys/policies/acl/kept')).rejects.toMatchObject({ status: 503 });
    await vault.unseal();
    await expect(vault.call('GET', 'sys/policies/acl/kept')).resolves.toHaveProperty('data.name', 'kept');
  });

  it('says why it does not start', async () => {
    const port = Number(new URL(vault.address).port);
    await expect(startVault({ port })).rejects.toThrow(/Vault doesn't start[\s\S]*address already in use/);
  });

  it('comes back where another was, with nothing of what that knew', async () => {
    const first = await startVault();
    await first.call('PUT', 'sys/policies/acl/lost', { policy: POLICY });
    await first.stop();
    await first.exited;
    const second = await startVault({ port: Number(new URL(first.address).port) });
    onTestFinished(() => second.stop());
    expect(second.address).toBe(first.address);
    await expect(second.call('GET', 'sys/policies/acl/lost')).rejects.toMatchObject({ status: 404 });
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)('ends with its parent by %s', async (signal) => {
    const parent = spawn(process.execPath, [LAUNCHER], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [address]: string[] = await once(createInterface(parent.stdout), 'line');
    await expect(isUp(address ?? '')).resolves.toBe(true);
    parent.kill(signal);
    await expect.poll(() => isUp(address ?? ''), { timeout: 15_000 }).toBe(false);
  });
});
