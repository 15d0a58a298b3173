import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMountedSecret } from './mounted.secret.ts';
import { ensureCredentials } from './service.credentials.ts';

const usernames = { migrator: ['demo_migrator'], runtime: ['demo_runtime_a', 'demo_runtime_b'] };

describe("a service's credentials", () => {
  let directory: string;
  const ensure = () => ensureCredentials(directory, usernames);
  beforeEach(async () => {
    directory = join(await mkdtemp(join(tmpdir(), 'local-stack-credentials-')), 'secrets');
  });
  afterEach(() => rm(join(directory, '..'), { recursive: true }));

  it('are made once, each in a secret of its own', async () => {
    const first = await ensure();
    expect(first.runtime.username).toBe('demo_runtime_a');
    await expect(readMountedSecret(join(directory, 'db-credentials'))).resolves.toEqual(first.runtime);
    await expect(readMountedSecret(join(directory, 'db-migrator-credentials'))).resolves.toEqual(
      first.migrator,
    );
    await expect(readMountedSecret(join(directory, 'api-keys'))).resolves.toEqual({
      'external-api': first.apiKey,
    });
    await expect(ensure()).resolves.toEqual(first);
  });

  it('are 256 random bits each', async () => {
    const { runtime, migrator, apiKey } = await ensure();
    const secrets = [runtime.password, migrator.password, apiKey];
    expect(secrets.map((secret) => Buffer.from(secret, 'base64url').length)).toEqual([32, 32, 32]);
    expect(new Set(secrets).size).toBe(3);
  });

  it('are in a directory that others cannot enter', async () => {
    await ensure();
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
  });

  it('keep the keys of other callers', async () => {
    await ensure();
    await rm(join(directory, 'api-keys', 'external-api'));
    await writeFile(join(directory, 'api-keys', 'reports'), 'a key of their own');
    const { apiKey } = await ensure();
    await expect(readMountedSecret(join(directory, 'api-keys'))).resolves.toEqual({
      'external-api': apiKey,
      reports: 'a key of their own',
    });
  });

  it('are replaced when they are for somebody else', async () => {
    await ensureCredentials(directory, { migrator: ['other_migrator'], runtime: ['other_runtime_a'] });
    expect((await ensure()).runtime.username).toBe('demo_runtime_a');
  });
});
