import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import { root } from '../repository.files.ts';
import { judge } from './judgement/manifest.judge.ts';

const because = kustomizeMissing === undefined ? '' : ` (skipped: ${kustomizeMissing})`;
const zeros = '0'.repeat(64);

/** Every choice of components, from none to all. */
const choices = kustomizations
  .components()
  .reduce<string[][]>((sets, component) => [...sets, ...sets.map((set) => [...set, component])], [[]]);

/** Postgres is part of it unless somebody else runs it. */
const partsOf = (components: readonly string[]): string[] => [
  'k8s/namespace',
  ...kustomizations.services(),
  ...kustomizations.callers(),
  ...(components.includes('k8s/components/external-postgres') ? [] : ['k8s/dependencies/postgres']),
];

describe.skipIf(kustomizeMissing !== undefined)(`services with components${because}`, () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'components-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(choices.map((set) => [set.map((path) => basename(path)).join(', ') || 'none', set] as const))(
    'keep to every rule: %s',
    async (_, components) => {
      const own = await mkdtemp(join(folder, 'choice-'));
      const fromHere = (path: string): string => relative(own, join(root, path));
      const kustomization = {
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        namespace: 'demo',
        resources: partsOf(components).map(fromHere),
        components: components.map(fromHere),
        images: kustomizations.services().map((path) => ({
          name: basename(path),
          newName: `localhost:5001/secure-backend/${basename(path)}`,
          newTag: '0.1.0',
          digest: `sha256:${zeros}`,
        })),
      };
      await writeFile(join(own, 'kustomization.yaml'), stringify(kustomization));

      expect(judge(await render(relative(root, own)))).toEqual([]);
    },
  );
});
