import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { promisify } from 'node:util';
import { createTestDatabase, type TestDatabase } from '@secure-backend/local-stack/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { clientOf, listen, type Listener } from './client.fixture.ts';

describe('the way to Vault', () => {
  let database: TestDatabase;
  let server: Listener;
  let right = '';
  let caFile = '';
  beforeAll(async () => {
    database = await createTestDatabase('trust');
    // The Postgres of the run has a certificate for this machine.
    const folder = dirname(database.superuser.caFile);
    server = await listen({
      cert: await readFile(join(folder, 'server.crt')),
      key: await readFile(join(folder, 'server.key')),
    });
    right = await readFile(database.superuser.caFile, 'utf8');
    caFile = join(database.secretsDirectory, 'vault-ca.crt');
  });
  afterAll(async () => {
    server.close();
    await database.drop();
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('believes only the configured CA, as it is now, so that it may rotate (matrix: redirect, proxy, bad CA)', async () => {
    const client = clientOf(server.address, { caFile });
    await expect(client.revokeToken('canary')).rejects.toMatchObject({ kind: 'untrusted', code: 'ENOENT' });
    await writeFile(caFile, rootCertificates[0] ?? '');
    await expect(client.revokeToken('canary')).rejects.toMatchObject({ kind: 'untrusted' });
    expect(server.tokens).toEqual([]);

    await writeFile(caFile, right);
    await expect(client.revokeToken('canary')).resolves.toBeUndefined();
    await writeFile(caFile, rootCertificates[0] ?? '');
    await expect(client.revokeToken('canary')).rejects.toMatchObject({ kind: 'untrusted' });
    expect(server.tokens).toEqual(['canary']);
  });

  it('believes the authorities of the system only when no CA is configured', async () => {
    await expect(clientOf(server.address).revokeToken('canary')).rejects.toMatchObject({ kind: 'untrusted' });
  });

  it('is not loosened by variables of the environment', async () => {
    vi.stubEnv('VAULT_SKIP_VERIFY', '1');
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    await writeFile(caFile, rootCertificates[0] ?? '');

    await expect(clientOf(server.address, { caFile }).revokeToken('canary')).rejects.toMatchObject({
      kind: 'untrusted',
    });
  });

  it("goes past the proxy of the environment, also where Node's own clients obey it (matrix: redirect, proxy, bad CA)", async () => {
    const [vault, proxy] = [await listen(), await listen()];
    const exchange = new URL('../../src/secrets/vault/transport/http.exchange.ts', import.meta.url);
    const script = `
      import { get } from 'node:http';
      import { once } from 'node:events';
      import { exchange } from '${exchange.href}';
      const url = new URL('${vault.address}/v1/ours');
      await exchange({ method: 'GET', url, headers: {}, body: undefined }, { timeout: 2000, ca: undefined });
      const [answer] = await once(get('${vault.address}/v1/theirs'), 'response');
      answer.resume();`;
    const env = { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy.address, http_proxy: proxy.address };
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { env });
    vault.close();
    proxy.close();

    expect(vault.seen).toEqual(['GET /v1/ours']);
    expect(proxy.seen).toEqual([`GET ${vault.address}/v1/theirs`]);
  });
});
