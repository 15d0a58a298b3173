import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kustomizations } from '../../kubernetes/catalogue.ts';
import { kustomizeMissing, parseManifests, render } from '../../kubernetes/kustomization.ts';
import { nameOf } from '../../kubernetes/manifest.ts';
import { isPart } from './deployable.units.ts';
import { resourceOfFile } from './manifest.file.ts';
import { collectInputs, type ScanInputs } from './scan.inputs.ts';

describe.skipIf(kustomizeMissing)(
  `the inputs of a scan${kustomizeMissing ? ` (${kustomizeMissing})` : ''}`,
  () => {
    let folder: string;
    let collected: ScanInputs;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'scan-inputs-test-'));
      collected = await collectInputs(folder, undefined);
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it('have every overlay, the cluster, the Dockerfile and the sources', () => {
      const names = collected.inputs.map(({ name }) => name);
      expect(names).toEqual(
        expect.arrayContaining([...kustomizations.overlays(), 'k8s/cluster', 'docker/Dockerfile', 'sources']),
      );
      expect(collected.absent).toEqual(['image: no archive given (--image)']);
    });

    it('have every object of every dependency', async () => {
      const scanned = new Set<string>();
      for (const { kind, path } of collected.inputs) {
        if (kind !== 'manifests') continue;
        for (const manifest of parseManifests(readFileSync(path, 'utf8'))) scanned.add(nameOf(manifest));
      }
      for (const dependency of kustomizations.dependencies()) {
        const missing = (await render(dependency)).map(nameOf).filter((name) => !scanned.has(name));
        expect(missing, dependency).toEqual([]);
      }
    });

    it('tell the object of each line', async () => {
      const [overlay = ''] = kustomizations.overlays();
      const input = collected.inputs.find(({ name }) => name === overlay);
      const lines = readFileSync(input?.path ?? '', 'utf8').split('\n');
      const starts = lines.flatMap((line, index) => (line === '---' ? [index + 1] : []));
      expect(starts.map((line) => input?.resourceAt(line + 3))).toEqual((await render(overlay)).map(nameOf));
    });

    it('trust the registries that the cluster trusts', () => {
      expect(collected.registries).toContain('gcr.io/distroless/');
    });
  },
);

const service = (name: string) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name } });

const unit = (...names: string[]) => ({ name: 'k8s/a', manifests: names.map(service) });

describe('a unit', () => {
  it('is part of another only with all of its objects', () => {
    expect(isPart(unit('a'), [unit('b'), unit('a', 'b')], nameOf)).toBe(true);
    expect(isPart(unit('a', 'c'), [unit('a', 'b'), unit('c')], nameOf)).toBe(false);
  });
});

describe('a file of one object', () => {
  it('tells which one it is', () => {
    expect(resourceOfFile('/inputs/k8s.yaml.d/Deployment~backend-api~12.yaml')).toBe(
      'Deployment/backend-api',
    );
  });
});
