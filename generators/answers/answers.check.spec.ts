import { describe, expect, it } from 'vitest';
import { refuseCallers } from './caller.check.ts';
import { longestNamespace, refuseNamespace } from './namespace.check.ts';
import { refuseRegistry } from './registry.check.ts';

describe('a namespace', () => {
  it.each(['shop', 'demo-team', 'a', 'team-7', 'a'.repeat(longestNamespace)])('may be %j', (namespace) => {
    expect(refuseNamespace(namespace)).toBeUndefined();
  });

  it.each([
    ['', 'no name of a namespace'],
    ['Shop', 'lower-case'],
    ['shop_1', 'hyphens'],
    ['7-team', 'begins with a letter'],
    ['123', 'begins with a letter'],
    ['-shop', 'hyphens'],
    ['shop-', 'hyphens'],
    ['läden', 'ASCII'],
    ['../shop', 'no name of a namespace'],
    ['shop\n', 'no name of a namespace'],
    ['a'.repeat(longestNamespace + 1), 'at most 52 characters'],
    ['kube-system', 'Kubernetes keeps'],
    ['default', 'belongs to the cluster'],
    ['openbao', 'store of secrets'],
    ['monitoring', 'metrics'],
    ['databases', 'databases of staging'],
    ['on', 'no name for YAML'],
    ['null', 'no name for YAML'],
  ])('may not be %j: %s', (namespace, why) => {
    expect(refuseNamespace(namespace)).toContain(why);
  });

  it('has room for the longest overlay, and for nothing more', () => {
    expect(`${'a'.repeat(longestNamespace)}-production`).toHaveLength(63);
  });
});

describe('a registry', () => {
  it.each([
    'ghcr.io/acme',
    'registry.example.com/demo-team',
    'localhost:5001/demo-team',
    'localhost/acme',
    'registry:5000/a/b__c/d---e',
    'europe-west1-docker.pkg.dev/acme-1/shop.images',
  ])('may be %j', (registry) => {
    expect(refuseRegistry(registry)).toBeUndefined();
  });

  it.each([
    ['', 'names no registry'],
    ['https://ghcr.io/acme', 'scheme'],
    ['ghcr.io/Acme', 'upper-case'],
    ['GHCR.io/acme', 'upper-case'],
    ['ghcr.io/acme:1.0', 'tag'],
    ['ghcr.io/acme@sha256:00', 'tag or digest'],
    ['localhost:5001/acme:latest', 'tag'],
    ['acme/shop', 'does not begin with a host'],
    ['acme', 'does not begin with a host'],
    ['ghcr.io:99999/acme', 'does not begin with a host'],
    ['ghcr.io:0/acme', 'does not begin with a host'],
    ['[::1]:5000/acme', 'does not begin with a host'],
    ['ghcr..io/acme', 'does not begin with a host'],
    ['ghcr.io', 'host alone'],
    ['ghcr.io/', 'path that registries refuse'],
    ['ghcr.io/acme/', 'path that registries refuse'],
    ['ghcr.io//acme', 'path that registries refuse'],
    ['ghcr.io/acme/../etc', 'path that registries refuse'],
    ['ghcr.io/a___b', 'path that registries refuse'],
    ['ghcr.io/ac me', 'path that registries refuse'],
    ['ghcr.io/acme\n', 'path that registries refuse'],
    ['ghcr.io/ä', 'path that registries refuse'],
    [`ghcr.io/${'a'.repeat(140)}`, 'too long'],
  ])('may not be %j: %s', (registry, why) => {
    expect(refuseRegistry(registry)).toContain(why);
  });
});

describe('callers', () => {
  it.each([[[]], [['frontend']], [['frontend', 'web-shop', '1st-party']]])('may be %j', (callers) => {
    expect(refuseCallers(callers, 'orders-api')).toBeUndefined();
  });

  it.each([
    [['Frontend'], 'lower-case'],
    [['front_end'], 'hyphens'],
    [['shop/frontend'], 'no name of a caller'],
    [[''], 'no name of a caller'],
    [['*'], 'no name of a caller'],
    [['a'.repeat(64)], 'at most 63'],
    [['frontend', 'web', 'frontend'], 'named twice'],
    [['frontend', 'orders-api'], "can't be its own caller"],
  ])('may not be %j: %s', (callers, why) => {
    expect(refuseCallers(callers, 'orders-api')).toContain(why);
  });
});
