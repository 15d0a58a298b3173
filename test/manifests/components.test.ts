import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing } from '../kubernetes/kustomization.ts';
import { judge } from './judgement/manifest.judge.ts';
import { renderDraft } from './renderings/kustomization.draft.ts';

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
      const manifests = await renderDraft(folder, {
        namespace: 'demo-team',
        resources: partsOf(components),
        components,
        images: kustomizations.services().map((path) => ({
          name: basename(path),
          newName: `localhost:5001/demo-team/${basename(path)}`,
          newTag: '0.1.0',
          digest: `sha256:${zeros}`,
        })),
      });
      expect(judge(manifests)).toEqual([]);
    },
  );
});
