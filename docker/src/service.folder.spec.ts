import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findService } from './service.folder.ts';

describe('the service of an image', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'service-'));
    for (const name of ['orders-api', 'billing-api']) {
      mkdirSync(join(root, 'apps', name), { recursive: true });
      writeFileSync(join(root, 'apps', name, 'package.json'), JSON.stringify({ version: '2.0.0' }));
    }
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('is the one that is named, or the first one', () => {
    expect(findService('orders-api', root)).toMatchObject({ name: 'orders-api', version: '2.0.0' });
    expect(findService(undefined, root).name).toBe('billing-api');
  });

  it('has to be there', () => {
    expect(() => findService('other-api', root)).toThrow(
      /no service "other-api" in apps\/. There is: .*orders-api/,
    );
    expect(() => findService(undefined, join(root, 'apps'))).toThrow('There is no service in');
  });
});
