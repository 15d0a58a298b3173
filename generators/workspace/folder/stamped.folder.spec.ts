import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { referenceAnswers, writeAnswers } from '../../answers/index.ts';
import { Refusal } from '../refusal.error.ts';
import { findWorkspace, isStamped } from './stamped.folder.ts';

describe('a stamped workspace', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'stamped-'));
    mkdirSync(join(root, 'apps/orders-api'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it.each([
    ['.yo-rc.json', writeAnswers({ version: '0.1.0', answers: referenceAnswers })],
    ['.secure-backend.json', '{}'],
  ])('is known by its %s, from inside too', (name, text) => {
    writeFileSync(join(root, name), text);
    expect(isStamped(root)).toBe(true);
    expect(isStamped(join(root, 'apps'))).toBe(false);
    expect(findWorkspace(root)).toBe(root);
    expect(findWorkspace(join(root, 'apps/orders-api'))).toBe(root);
  });

  it.each([
    ['nothing', undefined],
    ['another generator', '{"generator-other":{}}'],
    ['no JSON', '<<<<<<<'],
  ])('is none with %s', (_, text) => {
    if (text !== undefined) writeFileSync(join(root, '.yo-rc.json'), text);
    expect(isStamped(root)).toBe(false);
    expect(() => findWorkspace(root)).toThrow(Refusal);
    expect(() => findWorkspace(root)).toThrow(/is in no workspace that .* Go to one, or stamp one/);
  });
});
