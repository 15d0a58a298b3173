import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { defineConfiguration, readConfiguration } from '@secure-backend/chassis/configuration';
import nodeVault from 'node-vault';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FaultProxy, faults, openFaultProxy } from '../../testing/vault/index.ts';
import { clientOf, listen } from './client.fixture.ts';
import { captureDebug } from './debug.output.ts';

const canary = 'hvs.canary-19bd';
const path = 'database/creds/x';

function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Each with node-vault alone first, to show that the fault is real. */
describe('node-vault', () => {
  let server: FaultProxy;
  beforeEach(async () => {
    server = await openFaultProxy('http://127.0.0.1:1');
    server.fault = faults.answer(200, {}, '{}');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await server.close();
  });
  const bare = (options: object = {}) => nodeVault({ endpoint: server.address, ...options });
  const ours = () => clientOf(server.address, { timeout: 400 });

  it('1: loses the mount point of a Kubernetes login that names none', async () => {
    await failureOf(bare().kubernetesLogin({ role: 'x', jwt: canary }));
    expect(server.calls.at(-1)?.path).toBe('/v1/auth//login');

    await failureOf(ours().kubernetesLogin('kubernetes', 'x', canary));
    expect(server.calls.at(-1)?.path).toBe('/v1/auth/kubernetes/login');
  });

  it('2: sends the old token after it got a new one', async () => {
    const vault = bare({ token: 'old', requestOptions: { headers: {} } });
    await vault.read(path);
    vault.token = 'new';
    await vault.read(path);
    expect(server.calls.map(({ token }) => token)).toEqual(['old', 'old']);

    const client = ours();
    await client.revokeToken('old');
    await client.revokeToken('new');
    expect(server.calls.slice(2).map(({ token }) => token)).toEqual(['old', 'new']);
  });

  it('3: follows a redirection to another host, with the token', async () => {
    const elsewhere = await listen();
    server.fault = faults.redirect(elsewhere.address);
    await bare({ token: canary }).read(path);
    expect(elsewhere.tokens).toEqual([canary]);

    await expect(ours().issueCredentials(canary, path)).rejects.toMatchObject({ kind: 'redirect' });
    expect(elsewhere.tokens).toHaveLength(1);
    elsewhere.close();
  });

  it('4: waits for a dripping body, whatever its timeout', async () => {
    server.fault = faults.drip;
    const reading = failureOf(bare({ token: canary, requestOptions: { timeout: 200 } }).read(path));
    await expect(Promise.race([reading, delay(1_000, 'still waiting')])).resolves.toBe('still waiting');

    await expect(ours().issueCredentials(canary, path)).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('5: shows tokens in its errors, and logins in its debugging output', async () => {
    const { output, stop } = captureDebug();
    await server.refuse();
    const leaking = await failureOf(bare({ token: canary }).read(path));
    await failureOf(bare().kubernetesLogin({ mount_point: 'k', role: 'x', jwt: canary }));
    expect(inspect(leaking, { depth: 9 })).toContain(canary);
    expect(inspect(output, { depth: 9 })).toContain(canary);

    output.length = 0;
    const quiet = [
      await failureOf(ours().issueCredentials(canary, path)),
      await failureOf(ours().kubernetesLogin('k', 'x', canary)),
    ];
    stop();
    expect(inspect([quiet, output], { depth: 9, showHidden: true })).not.toContain(canary);
    expect(JSON.stringify(quiet)).not.toContain(canary);
  });

  it('6: obeys HTTP_PROXY, VAULT_TOKEN, VAULT_PREFIX and VAULT_NAMESPACE', async () => {
    const proxy = await listen();
    vi.stubEnv('NO_PROXY', '');
    vi.stubEnv('no_proxy', '');
    vi.stubEnv('HTTP_PROXY', proxy.address);
    vi.stubEnv('http_proxy', proxy.address);
    await bare({ token: canary }).read(path);
    expect(proxy.tokens).toEqual([canary]);
    vi.stubEnv('VAULT_TOKEN', 'of the environment');
    vi.stubEnv('VAULT_PREFIX', '/prefix');
    vi.stubEnv('VAULT_NAMESPACE', 'namespace');
    vi.stubEnv('VAULT_ADDR', proxy.address);
    expect(bare()).toMatchObject({
      token: 'of the environment',
      pathPrefix: '/prefix',
      namespace: 'namespace',
    });

    await failureOf(ours().appRoleLogin('approle', 'x', 'y'));
    expect(proxy.tokens).toHaveLength(1);
    const { path: login, headers = {} } = server.calls.at(-1) ?? {};
    expect(login).toBe('/v1/auth/approle/login');
    expect(Object.keys(headers).filter((name) => /token|namespace/.test(name))).toEqual([]);
    proxy.close();
  });

  it('7: renews hundreds of times a second what lasts for 32 days; our own scheduler is tried in keep.up.spec.ts', async () => {
    const days = 32 * 86_400;
    server.fault = faults.answer(200, {}, `{"lease_duration":${days},"renewable":true}`);
    const vault = bare();
    vault.startLeaseRenewal('x', days);
    await expect.poll(() => server.calls.length).toBeGreaterThan(20);
    vault.stopAllRenewals();
  });

  it('8: writes HTML entities into paths', async () => {
    await failureOf(bare().approleLogin({ mount_point: "it's", role_id: 'x', secret_id: canary }));
    expect(server.calls.at(-1)?.path).toBe('/v1/auth/it&');

    for (const mount of ["it's", '../sys', 'a b', 'a?b', 'a#b', 'a%2fb', '/a', 'a//b']) {
      const environment = {
        DATABASE_HOST: 'x',
        DATABASE_NAME: 'x',
        NODE_ENV: 'test',
        VAULT_AUTH_MOUNT: mount,
      };
      expect(() => readConfiguration(defineConfiguration({}), environment)).toThrow(
        /VAULT_AUTH_MOUNT: is not valid/,
      );
    }
  });

  it('9: hides the status of a sealed server from whoever asks for its health', async () => {
    server.fault = faults.answer(503, {}, '{"sealed":true}');
    await expect(bare().health()).resolves.toEqual({ sealed: true });

    await expect(ours().lookUpToken(canary)).rejects.toMatchObject({ kind: 'sealed', status: 503 });
  });
});
