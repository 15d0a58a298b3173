import { join } from 'node:path';
import { inspect } from 'node:util';
import { observeSecrets } from '@secure-backend/chassis/secrets';
import { readMountedSecret } from '@secure-backend/local-stack';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { faults, openFaultProxy } from '../../testing/vault/index.ts';
import { captureDebug } from './debug.output.ts';
import { describeEachStore } from './each.store.ts';
import { bench } from './test.bench.ts';

describeEachStore('what is secret', (open) => {
  const { closers, openStore, openOn } = bench(open);

  it('appears in no log line at trace level, with DEBUG=*, in no problem and no metric', async () => {
    const { output, stop } = captureDebug();
    closers.push(async () => stop());
    const store = await openStore({ leaseSeconds: 2, tokenSeconds: 3 });
    const proxy = await openFaultProxy(store.address);
    closers.push(() => proxy.close());
    const { secrets, lines } = await openOn(store, { VAULT_ADDRESS: proxy.address, VAULT_REFRESH_MS: '100' });
    const registry = new Registry();
    observeSecrets(secrets, registry);
    const { databaseCredentials: credentials, apiKeys } = secrets;
    const seen: string[] = [];
    const look = async () => {
      const { username, password } = credentials.current.value;
      seen.push(username, password, ...(await store.leases()), ...Object.values(apiKeys.current.value));
    };
    await look();
    const leak = JSON.stringify({ errors: seen });
    for (const fault of [
      faults.answer(500, {}, leak),
      faults.answer(403, {}, leak),
      faults.answer(200, {}, leak),
    ]) {
      proxy.fault = fault;
      await credentials.replace(credentials.current);
    }
    output.push(await registry.metrics(), credentials.problem, apiKeys.problem);
    expect(credentials.problem).toBeDefined();
    proxy.fault = undefined;
    await credentials.replace(credentials.current);
    await expect.poll(() => credentials.state, { timeout: 25_000 }).toBe('ACTIVE');
    await look();
    await secrets.close();
    output.push(await registry.metrics());

    const login = await readMountedSecret(join(store.database.secretsDirectory, 'vault-approle'));
    const tokens = proxy.calls.flatMap(({ token }) => token ?? []);
    const canaries = new Set([...seen, ...tokens, login?.['secret-id'] ?? '']);
    const everything = inspect([lines, output], { depth: 9, maxArrayLength: null, maxStringLength: null });
    expect(canaries.size).toBeGreaterThan(6);
    expect(lines.length).toBeGreaterThan(5);
    expect([...canaries].filter((canary) => everything.includes(canary))).toEqual([]);
  });
});
