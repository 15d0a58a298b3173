import { inspect } from 'node:util';
import { VaultError } from '@secure-backend/chassis/secrets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VaultClient } from '../../src/secrets/vault/client/vault.client.ts';
import { createTransport } from '../../src/secrets/vault/transport/vault.transport.ts';
import { type Fault, type FaultProxy, faults, openFaultProxy } from '../../testing/vault/index.ts';

const canary = 'hvs.canary-7f3a';

function isQuiet(error: unknown): boolean {
  return !(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).includes('canary');
}

const cut: Fault = (response) => void response.destroy();

describe('the transport to Vault', () => {
  let elsewhere: FaultProxy;
  let proxy: FaultProxy;
  let client: VaultClient;
  beforeAll(async () => {
    elsewhere = await openFaultProxy('http://127.0.0.1:1');
    proxy = await openFaultProxy('http://127.0.0.1:1');
    const transport = createTransport({ timeout: 500, caFile: undefined });
    client = new VaultClient({ address: proxy.address, namespace: undefined, transport });
  });
  afterAll(() => Promise.all([proxy.close(), elsewhere.close()]));

  const failure = async (fault: Fault): Promise<VaultError> => {
    proxy.fault = fault;
    return client.issueCredentials(canary, 'database/creds/x').then(
      () => expect.unreachable('it failed'),
      (error: unknown) => error as VaultError,
    );
  };
  it.each([
    ['a server that hangs (matrix: Vault hangs or drips)', faults.hang, 'timeout', undefined],
    ['a body that drips (matrix: Vault hangs or drips)', faults.drip, 'timeout', undefined],
    [
      'an answer that comes too late (matrix: Vault hangs or drips)',
      faults.slow(2_000),
      'timeout',
      undefined,
    ],
    ['a body without end', faults.flood, 'invalid', undefined],
    ['a connection that breaks', cut, 'interrupted', undefined],
    ['a rate limit', faults.answer(429, { 'retry-after': '7' }), 'rate_limited', 429],
    ['a sealed server', faults.answer(503), 'sealed', 503],
    ['a failure', faults.answer(500), 'failed', 500],
    ['a refusal', faults.answer(403, {}, `{"errors":["${canary}"]}`), 'refused', 403],
    ['nothing there', faults.answer(404), 'not_found', 404],
    ['a wrong request', faults.answer(400), 'bad_request', 400],
    ['another success', faults.answer(206, {}, '{}'), 'invalid', 206],
    ['text that is no JSON', faults.answer(200, {}, `{"${canary}`), 'invalid', undefined],
    ['JSON of something else', faults.answer(200, {}, `{"lease_id":"${canary}"}`), 'invalid', undefined],
  ] as const)('ends with an error that tells of %s, and nothing else', async (_, fault, kind, status) => {
    const error = await failure(fault);

    expect(error).toBeInstanceOf(VaultError);
    expect(error).toMatchObject({ kind, status });
    expect(error.message).toMatch(/^Vault, issuing credentials at database\/creds\/x: /);
    expect(isQuiet(error)).toBe(true);
  });

  it('hands on how long Vault wants to be left alone, in seconds or as a date', async () => {
    expect((await failure(faults.answer(429, { 'retry-after': '7' }))).retryAfter).toBe(7_000);
    const date = new Date(Date.now() + 60_000).toUTCString();
    const { retryAfter = 0 } = await failure(faults.answer(429, { 'retry-after': date }));
    expect(Math.abs(retryAfter - 60_000)).toBeLessThan(10_000);
    expect((await failure(faults.answer(429, { 'retry-after': 'soon' }))).retryAfter).toBeUndefined();
  });

  it.each([301, 302, 303, 307, 308])(
    'never follows a redirection by %i (matrix: redirect, proxy, bad CA)',
    async (status) => {
      const error = await failure(faults.answer(status, { location: `${elsewhere.address}/v1/x` }));

      expect(error).toMatchObject({ kind: 'redirect', status });
      expect(elsewhere.calls).toEqual([]);
    },
  );

  it('says that nobody is there', async () => {
    await proxy.refuse();
    const error = await failure(faults.hang);
    await proxy.accept();

    expect(error).toMatchObject({ kind: 'unreachable', code: 'ECONNREFUSED' });
    expect(isQuiet(error)).toBe(true);
  });

  it('sends what the agents of Vault demand', async () => {
    let headers: unknown;
    proxy.fault = (response, call) => {
      headers = call.headers;
      response.end('{}');
    };
    await client.revokeToken(canary);

    expect(headers).toMatchObject({ 'x-vault-request': 'true', 'x-vault-token': canary });
  });
});
