import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTree, writeTree } from '../tree/index.ts';
import { listFiles } from './files.ts';
import { createRename } from './rename.ts';
import { renameTree } from './tree.rename.ts';

const template = { service: 'backend-api', resource: 'work-item' };
const rename = createRename(template, { service: 'orders-api', resource: 'purchase-order' });

describe('a tree under other names', () => {
  let root: string;
  let from: string;
  let to: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'copy-'));
    from = join(root, 'backend-api');
    to = join(root, 'orders-api');
    mkdirSync(join(from, 'src/work-items'), { recursive: true });
    mkdirSync(join(from, 'node_modules'));
    execFileSync('git', ['init', '--quiet', from]);
    writeFileSync(join(from, '.gitignore'), 'node_modules/\n');
    writeFileSync(join(from, 'node_modules/work-item.js'), '');
    writeFileSync(join(from, 'src/work-items/work-item.schema.ts'), 'export const workItem = 1;\n');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** Writes it, and lists what was written. */
  function copy(): string[] {
    const tree = renameTree(readTree(from, listFiles(from)), rename);
    writeTree(to, tree);
    return [...tree.keys()];
  }

  it('renames paths and contents, takes dotfiles along and leaves ignored files behind', () => {
    expect(copy()).toEqual(['.gitignore', 'src/purchase-orders/purchase-order.schema.ts']);
    expect(readFileSync(join(to, 'src/purchase-orders/purchase-order.schema.ts'), 'utf8')).toBe(
      'export const purchaseOrder = 1;\n',
    );
  });

  it.each([
    ['that are no UTF-8', Buffer.from('backend-api \u00ff', 'latin1')],
    ['with a NUL among them', Buffer.from('backend-api \u0000')],
  ])('passes bytes %s untouched', (_, bytes) => {
    writeFileSync(join(from, 'logo.bin'), bytes);
    copy();
    expect(readFileSync(join(to, 'logo.bin'))).toEqual(bytes);
  });

  it('keeps a byte order mark', () => {
    writeFileSync(join(from, 'bom.txt'), '\uFEFFbackend-api');
    copy();
    expect(readFileSync(join(to, 'bom.txt'), 'utf8')).toBe('\uFEFForders-api');
  });

  it('keeps executable bits and symbolic links', () => {
    writeFileSync(join(from, 'backend-api.sh'), '#!/bin/sh\n');
    chmodSync(join(from, 'backend-api.sh'), 0o755);
    symlinkSync('backend-api.sh', join(from, 'run'));
    copy();
    expect(statSync(join(to, 'orders-api.sh')).mode & 0o777).toBe(0o755);
    expect(readlinkSync(join(to, 'run'))).toBe('orders-api.sh');
  });

  it('skips a file that was deleted but is still in the index', () => {
    execFileSync('git', ['add', '.'], { cwd: from });
    rmSync(join(from, 'src'), { recursive: true });
    expect(copy()).toEqual(['.gitignore']);
  });

  it('never overwrites a file', () => {
    copy();
    expect(() => copy()).toThrow('EEXIST');
  });
});
