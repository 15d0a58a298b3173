import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kustomizeMissing } from '../kubernetes/kustomization.ts';
import { root } from '../repository.files.ts';
import { truthTablesOf } from './truth.tables.ts';

const because = kustomizeMissing === undefined ? '' : ` (skipped: ${kustomizeMissing})`;
const copied = ['k8s', 'libs/local-stack/src/identities/sql'];

describe.skipIf(kustomizeMissing !== undefined)(`the truth tables of a workspace${because}`, () => {
  let workspace = '';
  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), 'truth-tables-'));
    for (const path of copied) cpSync(join(root, path), join(workspace, path), { recursive: true });
  });
  afterEach(() => rmSync(workspace, { recursive: true }));

  it('are all that are committed here, wherever it lies', async () => {
    const tables = await truthTablesOf(workspace);
    expect(tables.size).toBeGreaterThan(0);
    for (const [path, text] of tables) expect(text, path).toBe(readFileSync(join(root, path), 'utf8'));
  });

  it('are those of its own manifests', async () => {
    const file = join(workspace, 'k8s/overlays/kind/kustomization.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^namespace: .*$/m, 'namespace: another'));
    const tables = await truthTablesOf(workspace);
    expect(tables.get('test/network/tables/kind.md')).toContain('stranger in another');
    expect(tables.get('test/network/tables/staging.md')).not.toContain('stranger in another');
  });

  it('are none where something cannot be rendered', async () => {
    writeFileSync(join(workspace, 'k8s/overlays/kind/kustomization.yaml'), 'resources: [nowhere.yaml]\n');
    await expect(truthTablesOf(workspace)).rejects.toThrow('nowhere.yaml');
  });
});

describe('what writes the truth tables', () => {
  it('needs nothing but Node, kubectl and yaml, so that a generator can carry it', async () => {
    const result = await build({
      configFile: false,
      logLevel: 'silent',
      build: { ssr: join(import.meta.dirname, 'index.ts'), write: false },
    });
    const [built] = [result].flat();
    const imports = 'output' in (built ?? {}) ? (built as { output: { imports: string[] }[] }).output : [];
    const bare = imports.flatMap((chunk) => chunk.imports).filter((name) => !name.startsWith('node:'));
    expect([...new Set(bare)]).toEqual(['yaml']);
  });
});
