import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plantDefects } from './planted/planted.inputs.ts';
import { scanWith } from './scan.ts';
import { scanners } from './scanners/index.ts';
import type { Scanner } from './scanners/scanner.ts';
import { isPresent } from './scanners/scanner.run.ts';

/** A scanner whose program is the shell. */
const scripted = (script: string): Scanner => ({
  name: 'sh',
  reads: ['manifests'],
  install: 'part of every system',
  arguments: ({ path }) => ['-c', script, 'sh', path],
  parse: (text) => {
    if (!text.startsWith('scanned')) throw new Error('no report');
    return Array.from(text.matchAll(/^(\w+) (\S+) (.+)$/gm), ([, id = '', resource = '', message = '']) => ({
      id,
      resource,
      message,
    }));
  },
});

describe('a scan', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'scan-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const scan = (scanner: Scanner) => {
    const planted = plantDefects(folder);
    return scanWith(scanner, [{ ...planted[0]!, name: 'k8s/overlays/kind' }], planted, []);
  };

  it('tells what the scanner found, whatever its exit code', async () => {
    const { findings, problems } = await scan(
      scripted('echo scanned; grep -q privileged "$1" && echo "A1 Deployment/planted is privileged"; exit 3'),
    );
    expect(problems).toEqual([]);
    expect(findings).toEqual([
      {
        scanner: 'sh',
        id: 'A1',
        resource: 'Deployment/planted',
        message: 'is privileged',
        inputs: ['k8s/overlays/kind'],
      },
    ]);
  });

  it('is worth nothing when the scanner overlooks planted defects', async () => {
    const { problems } = await scan(scripted('echo scanned'));
    expect(problems).toEqual(['sh finds nothing wrong with planted manifests']);
  });

  it('is worth nothing when the scanner breaks, and passes on its words', async () => {
    const { problems } = await scan(scripted('echo out of memory >&2; exit 1'));
    expect(problems[0]).toContain('sh broke on planted manifests: out of memory');
  });

  it('runs each scanner where no configuration is, and with none of our variables', async () => {
    const { findings } = await scan(
      scripted('echo scanned; echo "A1 Deployment/planted $(ls -A | wc -l) $(env | grep -c VITEST)"'),
    );
    expect(findings.map(({ message }) => message)).toEqual(['0 0']);
  });

  it('finds the planted defects with every scanner that is on the PATH', async () => {
    for (const scanner of scanners.filter(isPresent)) {
      const planted = plantDefects(mkdtempSync(join(folder, scanner.name)));
      const inputs = planted.filter(({ kind }) => scanner.reads.includes(kind));
      const { problems, findings } = await scanWith(scanner, inputs, planted, []);
      expect(problems, scanner.name).toEqual([]);
      expect(findings.length > 0 || inputs.length === 0, scanner.name).toBe(true);
    }
  }, 600_000);
});
