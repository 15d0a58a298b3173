import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listFiles } from '../../rename/index.ts';
import { readTree } from '../../tree/index.ts';
import { derivedSuffixes, refuseService } from './service.check.ts';
import { servicesOf } from './service.folders.ts';

const repository = join(import.meta.dirname, '../../..');

describe('names in a workspace', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'names-'));
    for (const folder of [
      'apps/orders-api/src/purchase-orders',
      'apps/audit-log-migrations',
      'libs/local-stack',
      'k8s/callers/web-shop',
      'k8s/dependencies/message-broker',
    ])
      mkdirSync(join(root, folder), { recursive: true });
    for (const [folder, name] of [
      ['apps/orders-api', 'orders-api'],
      ['apps/audit-log-migrations', 'audit-log-migrations'],
      ['libs/local-stack', 'stack-of-ours'],
    ] as const)
      writeFileSync(join(root, folder, 'package.json'), JSON.stringify({ name }));
    const packages = { '': {}, 'node_modules/fast-check': {}, 'libs/a/node_modules/node-vault': {} };
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it.each(['billing-api', 'orders-api-v2', 'orders', 'web-shop-api'])('leave %s for a service', (name) => {
    expect(refuseService(root, name)).toBeUndefined();
  });

  it.each([
    ['orders-api', 'a service of this workspace has that name'],
    ['local-stack', 'a library in libs'],
    ['stack-of-ours', 'a package'],
    ['web-shop', 'a caller in k8s/callers'],
    ['message-broker', 'a dependency in k8s/dependencies'],
    ['fast-check', 'an installed package'],
    ['node-vault', 'an installed package'],
    ['orders-api-migrations', 'what the service orders-api calls a part of its own'],
    ['orders-api-runtime-a', 'what the service orders-api calls a part of its own'],
    ['audit-log', 'would call a part of its own "audit-log-migrations"'],
  ])('do not leave %s for a service: %s', (name, why) => {
    expect(refuseService(root, name)).toContain(why);
  });

  it('are taken by what the template itself derives from the name of a service', () => {
    const files = readTree(
      repository,
      listFiles(repository).filter((path) => /^(?:apps|libs|k8s)\//.test(path)),
    );
    const found = [...files].flatMap(([path, { contents }]) =>
      [`${path}\n${contents.toString()}`.matchAll(/backend[-_]api[-_]([a-z][a-z_-]*)/g)].flatMap((all) =>
        [...all].map(([, suffix = '']) => suffix.replaceAll('_', '-').replace(/-$/, '')),
      ),
    );
    expect(found.length).toBeGreaterThan(20);
    expect([...new Set(found)].toSorted()).toEqual([...new Set(found)].filter(isKnown).toSorted());
    expect(isKnown('unheard-of')).toBe(false);
  });

  it('are those of the services that are there', () => {
    expect(servicesOf(root)).toEqual(['audit-log-migrations', 'orders-api']);
  });
});

const isKnown = (suffix: string): boolean => derivedSuffixes.includes(suffix);
