import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHelpers, type RunResult } from 'yeoman-test';
import { afterEach, describe, expect, it } from 'vitest';

const helpers = createHelpers({});
// Its types know only Yeoman's own.
const options = (given: Record<string, string | boolean>): object => given;
const generator = (name: string): string => join(import.meta.dirname, '..', name, 'index.ts');

describe('yeoman', { timeout: 120_000 }, () => {
  let result: RunResult | undefined;
  afterEach(() => {
    result?.cleanup();
    process.exitCode = 0;
  });

  it('asks, and stamps what was answered', async () => {
    result = await helpers
      .run(generator('app'))
      .withArguments(['orders-api'])
      .withOptions(
        options({
          defaults: true,
          resource: 'purchase-order',
          'kubernetes-namespace': 'shop',
          registry: 'ghcr.io/acme/shop',
          callers: 'none',
        }),
      );
    const read = (path: string): string => readFileSync(join(result?.cwd ?? '', path), 'utf8');
    expect(JSON.parse(read('.yo-rc.json'))).toEqual({
      'generator-secure-backend': {
        version: expect.any(String) as string,
        workspace: expect.any(String) as string,
        namespace: 'shop',
        registry: 'ghcr.io/acme/shop',
        credentials: 'files',
        services: [{ name: 'orders-api', resource: 'purchase-order', callers: [], outbound: [] }],
      },
    });
    expect(read('k8s/overlays/kind/kustomization.yaml')).toContain('namespace: shop\n');
    expect(existsSync(join(result.cwd, 'apps/orders-api/src/purchase-orders'))).toBe(true);
    expect(process.exitCode).toBe(0);
  });

  it('gets a refusal without a stack, and an exit code', async () => {
    result = await helpers
      .run(generator('app'))
      .withArguments(['orders'])
      .withOptions(options({ defaults: true }));
    expect(process.exitCode).toBe(1);
    expect(existsSync(join(result.cwd, '.yo-rc.json'))).toBe(false);
  });
});
