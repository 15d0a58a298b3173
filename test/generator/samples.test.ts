import { describe, expect, it } from 'vitest';
import { kustomizeMissing } from '../kubernetes/kustomization.ts';
import { deployables } from '../manifests/renderings/rendering.catalogue.ts';
import { sampled, samplePath, sampleText } from '../samples/rendering.samples.ts';

const because = kustomizeMissing === undefined ? '' : ` (skipped: ${kustomizeMissing})`;
// Before any of them is written.
const there = sampled();

describe.skipIf(kustomizeMissing !== undefined)(`the samples of renderings${because}`, async () => {
  const renderings = kustomizeMissing === undefined ? await deployables() : [];

  it('are of everything that is deployed here, and of nothing else', () => {
    expect(there).toEqual(renderings.map(([path]) => path));
  });

  // After a wanted change of k8s: npm test -w test -- samples -u
  it.each(renderings)('are as %s is rendered now', async (path, manifests) => {
    await expect(sampleText(manifests)).toMatchFileSnapshot(samplePath(path));
  });
});
