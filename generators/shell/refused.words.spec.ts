import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snapshot } from '../workspace/transaction/testing/folder.snapshot.ts';

const program = join(import.meta.dirname, '../bin/secure-backend.js');
/** As many as fit into a title. */
const fields = (count: number): string => Array.from({ length: count }, (_, n) => `f${n}:text`).join();

describe('words that the program refuses', { timeout: 120_000 }, () => {
  let shop: string;
  let before: unknown;
  const run = (words: readonly string[], cwd = shop) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
      cwd,
      encoding: 'utf8',
    });
    return { status, said: `${stdout}${stderr}` };
  };

  beforeAll(() => {
    shop = mkdtempSync(join(tmpdir(), 'refused-'));
    run(['app', 'orders-api', '--resource', 'purchase-order', '--defaults']);
    execFileSync('git', ['init', '--quiet'], { cwd: shop });
    before = snapshot(shop);
  });
  afterAll(() => rmSync(shop, { recursive: true }));

  it.each([
    [['service', '', '--defaults'], 'two or more words'],
    [['service', 'orders', '--defaults'], 'One word alone'],
    [['service', '2nd-order', '--defaults'], 'beginning with a letter'],
    [['service', 'bestell-dienst-für', '--defaults'], 'ASCII'],
    [['service', '..', '--defaults'], 'not a usable name'],
    [['service', '../other-api', '--defaults'], 'not a usable name'],
    [['service', 'apps/other-api', '--defaults'], 'not a usable name'],
    [['service', `a-${'b'.repeat(63)}`, '--defaults'], 'too long'],
    [['service', 'current-user', '--defaults'], 'a keyword of SQL'],
    [['service', 'kube-proxy', '--defaults'], 'Kubernetes'],
    [['service', 'orders-api', '--defaults'], 'is taken'],
    [['service', 'orders-api-migrations', '--defaults'], 'part of its own'],
    [['service', 'fast-check', '--defaults'], 'is a word of every service'],
    [['service', 'billing-api', '--callers', 'Web', '--defaults'], '"Web"'],
    [['service', 'billing-api', '--callers', 'billing-api', '--defaults'], 'its own caller'],
    [['service', 'billing-api', '--outbound', '0.0.0.0/0:443', '--defaults'], 'every address'],
    [['service', 'billing-api', '--outbound', '169.254.169.254/32:80', '--defaults'], 'metadata'],
    [['service', 'billing-api'], 'no terminal'],
    [['service', 'billing-api', '--caller', 'frontend'], 'no option --caller'],
    [['service', 'billing-api', '--callers'], 'callers'],
    [['resource', 'parcel-label', '--service', 'stock-api', '--defaults'], 'There is: orders-api'],
    [['resource', 'purchase-order', '--defaults'], 'already'],
    [['resource', 'parcel', '--defaults'], 'One word alone'],
    [['resource', 'parcel-labels', '--defaults'], 'looks like a plural'],
    [['resource', 'parcel-label', '--plural', 'Labels', '--defaults'], 'not a usable name'],
    [['resource', 'parcel-label', '--fields', 'total:cash', '--defaults'], 'unknown type "cash"'],
    [['resource', 'parcel-label', '--fields', 'total:money, total:text', '--defaults'], 'there twice'],
    [['resource', 'parcel-label', '--fields', 'select:text', '--defaults'], 'SQL'],
    [['resource', 'parcel-label', '--fields', fields(200), '--defaults'], '200 fields are too many'],
    [['resource', 'parcel-label', '--fields', '', '--defaults'], 'empty'],
    [['app', 'orders-api', '--defaults'], 'is taken'],
    [['app', 'billing-api', '--registry', 'ghcr.io/acme', '--defaults'], '--registry was settled then'],
    [['update'], 'Nothing is committed yet'],
    [['nonsense'], 'secure-backend service'],
  ] as const)('%j: %s', (words, why) => {
    const { status, said } = run(words);
    expect(said).toContain(why);
    expect(said).not.toMatch(/^ +at /m);
    expect(status).toBe(1);
    expect(snapshot(shop)).toEqual(before);
  });

  it('in a folder that is no workspace', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    for (const command of ['service', 'resource', 'update']) {
      expect(
        run([command, 'billing-api', '--defaults'].slice(0, command === 'update' ? 1 : 3), elsewhere).said,
      ).toContain('is in no workspace that yo secure-backend stamped');
    }
    rmSync(elsewhere, { recursive: true });
  });

  it('before another version of the generator has updated what is there', () => {
    const other = join(shop, '..', `other-${process.pid}`);
    mkdirSync(other);
    const answers = {
      version: '9.9.9',
      workspace: 'a',
      namespace: 'a',
      registry: 'a.io/b',
      credentials: 'files',
    };
    const services = [{ name: 'a-b', resource: 'c-d', callers: [], outbound: [] }];
    writeFileSync(
      join(other, '.yo-rc.json'),
      JSON.stringify({ 'generator-secure-backend': { ...answers, services } }),
    );
    expect(run(['service', 'billing-api', '--defaults'], other).said).toContain(
      'Run "yo secure-backend:update" first',
    );
    rmSync(other, { recursive: true });
  });
});
