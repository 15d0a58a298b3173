import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listFiles } from 'generator-secure-backend/rename';
import { describe, expect, it } from 'vitest';
import {
  longestNames,
  manifestsFolder,
  otherNames,
  templateFolder,
  templateNames,
} from './template.names.ts';
import { residueOf, withCopy } from './throwaway.copy.ts';

/** A template that somebody was careless with. */
function withTemplate<Result>(
  files: Record<string, string | Buffer>,
  check: (folder: string) => Result,
): Result {
  const folder = mkdtempSync(join(tmpdir(), 'template-'));
  try {
    execFileSync('git', ['init', '--quiet', folder]);
    for (const [path, contents] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), contents);
    }
    return check(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const contentsOf = (folder: string, paths: readonly string[]) =>
  paths.map((path) => ({
    path,
    mode: statSync(join(folder, path)).mode.toString(8),
    contents: readFileSync(join(folder, path), 'base64'),
  }));

describe('the template', () => {
  it('is the whole service, with what begins with a dot', () => {
    const files = listFiles(templateFolder);
    expect(files).toEqual(expect.arrayContaining(['package.json', 'src/main.ts', '.env.example']));
    expect(files.filter((path) => /node_modules|dist\/|reports\//.test(path))).toEqual([]);
  });

  it.each([templateFolder, manifestsFolder])(
    'reproduces itself byte for byte under its own names: %s',
    (from) => {
      const original = contentsOf(from, listFiles(from));
      withCopy(from, templateNames, ({ folder, paths }) => {
        expect(contentsOf(folder, paths)).toEqual(original);
      });
    },
  );

  it('leaves nothing of its names behind under others', () => {
    withCopy(templateFolder, otherNames, (copy) => {
      expect(copy.paths).toContain('src/delivery-appointments/delivery-appointments.module.ts');
      expect(residueOf(copy, otherNames)).toEqual([]);
    });
    withCopy(manifestsFolder, otherNames, (copy) => {
      expect(copy.paths).toContain('migrations/job.yaml');
      expect(residueOf(copy, otherNames)).toEqual([]);
    });
  });

  it.each([
    ['a spelling that no rule knows', { 'a.ts': 'one\nconst backendapi = 1;' }],
    ['capitals with a hyphen', { 'a.md': 'one\nBACKEND-API' }],
    ['a path', { 'src/workitems.ts': '' }],
    ['bytes that are no text', { 'logo.bin': Buffer.from('\u0000\nwork_items', 'latin1') }],
    ['another name joined to it', { 'a.md': 'one\nthe secure-backend API' }],
  ])('is caught with a leftover in %s', (_, files) => {
    withTemplate(files, (template) => {
      expect(withCopy(template, otherNames, (copy) => residueOf(copy, otherNames))).toHaveLength(1);
    });
  });

  it('keeps every identifier of SQL within the 63 characters of Postgres, also with the longest names', () => {
    withCopy(templateFolder, longestNames, ({ folder, paths }) => {
      const identifiers = paths
        .flatMap(
          (path) =>
            readFileSync(join(folder, path), 'utf8').match(/\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b/g) ?? [],
        )
        .filter((identifier) => identifier.length > 39);
      expect(identifiers).not.toEqual([]);
      expect(identifiers.filter((identifier) => identifier.length > 63)).toEqual([]);
    });
  });
});
