import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { licencesOf } from './licence.texts.ts';

describe('the licences of a bundle', () => {
  let folder: string;
  /** @returns the path of a file that a bundle has taken from the package */
  const install = (name: string, manifest: object, files: Record<string, string> = {}): string => {
    const place = join(folder, 'node_modules', name);
    mkdirSync(join(place, 'dist'), { recursive: true });
    writeFileSync(join(place, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...manifest }));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text);
    return join(place, 'dist/index.js');
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'licences-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are the texts of each package once, sorted, with its notices', () => {
    const inputs = [
      install('@scope/zed', { license: 'MIT' }, { LICENSE: "Zed's text", NOTICE: "Zed's notice" }),
      install('able', { license: 'ISC' }, { 'license.md': "Able's text" }),
      join(folder, 'apps/backend-api/dist/main.js'),
    ];
    const { text, packages } = licencesOf([...inputs, ...inputs]);
    expect(packages).toBe(2);
    expect(text).toMatch(
      /able 1\.0\.0 \(ISC\)[^]*Able's text[^]*@scope\/zed 1\.0\.0 \(MIT\)|@scope\/zed 1\.0\.0 \(MIT\)[^]*Zed's text\nZed's notice[^]*able/,
    );
  });

  it('are named where a package has no text of them', () => {
    expect(licencesOf([install('bare', { license: 'MIT' })]).text).toContain('Licensed under MIT.');
    expect(licencesOf([install('old', { licenses: [{ type: 'BSD-3-Clause' }] })]).text).toContain(
      '(BSD-3-Clause)',
    );
  });

  it('may not be missing', () => {
    expect(() => licencesOf([install('nobodys', {})])).toThrow('nobodys 1.0.0 names no licence');
  });
});
