import { describe, expect, it } from 'vitest';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import { judge, rules } from './rules/index.ts';

/** What is deployed by itself, in a namespace of its own. */
const deployed = [...kustomizations.overlays(), 'k8s/dependencies/openbao'];

describe.skipIf(kustomizeMissing)(`the manifests${kustomizeMissing ? ` (${kustomizeMissing})` : ''}`, () => {
  it.each(deployed)('%s breaks no rule', async (path) => {
    expect(judge(await render(path))).toEqual([]);
  });

  it('are judged by rules with names of their own', () => {
    const ids = rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
