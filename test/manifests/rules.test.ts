import { describe, expect, it } from 'vitest';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import { nameOf } from '../kubernetes/manifest.ts';
import { judge } from './judgement/manifest.judge.ts';
import { deployables } from './renderings/rendering.catalogue.ts';

const because = kustomizeMissing === undefined ? '' : ` (skipped: ${kustomizeMissing})`;

describe.skipIf(kustomizeMissing !== undefined)(`the manifests${because}`, async () => {
  const renderings = kustomizeMissing === undefined ? await deployables() : [];

  it.each(renderings)('of %s keep to every rule', (_, manifests) => {
    expect(judge(manifests)).toEqual([]);
  });

  it.each([...kustomizations.services(), ...kustomizations.callers(), ...kustomizations.dependencies()])(
    'of %s are part of what is judged',
    async (path) => {
      const judged = new Set(renderings.flatMap(([, manifests]) => manifests.map(nameOf)));
      const workloads = (await render(path)).filter(({ spec }) => (spec as { template?: unknown })?.template);
      expect(workloads).not.toEqual([]);
      for (const workload of workloads) expect(judged).toContain(nameOf(workload));
    },
  );
});
