import { describe, expect, it } from 'vitest';
import { kustomizeMissing } from '../kubernetes/kustomization.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { samples } from '../samples/rendering.samples.ts';
import { brokenRules } from './judgement/manifest.judge.ts';
import { containerControls } from './mutations/container.mutations.ts';
import { mutations } from './mutations/mutation.catalogue.ts';
import { mutated } from './mutations/mutation.contract.ts';
import { rules } from './rules/index.ts';

const because = kustomizeMissing === undefined ? '' : ` (skipped: ${kustomizeMissing})`;

describe.skipIf(kustomizeMissing !== undefined)(`one thing wrong at a time${because}`, () => {
  const renderings: (readonly Manifest[])[] = samples().map(([, manifests]) => manifests);

  it.each(mutations.map((each) => [each.title, each] as const))('%s', (_, each) => {
    expect(each.breaks).not.toEqual([]);
    expect(brokenRules(mutated(renderings, each))).toEqual(each.breaks.toSorted());
  });

  it.each(containerControls.map((each) => [each.title, each] as const))('%s breaks nothing', (_, each) => {
    expect(brokenRules(mutated(renderings, each))).toEqual([]);
  });

  it('shows every rule', () => {
    const shown = new Set(mutations.flatMap(({ breaks }) => breaks));
    process.stdout.write(`mutations: ${mutations.length} over ${shown.size} of ${rules.length} rules\n`);
    expect(rules.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  });

  it('has a title for each', () => {
    const titles = mutations.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });
});
