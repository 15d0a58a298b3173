import { beforeAll, describe, expect, it } from 'vitest';
import { kustomizeMissing } from '../kubernetes/kustomization.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { deletionsOf, flipsOf, type Alteration } from './mutations/alteration.generator.ts';
import { unjudgedFields } from './mutations/unjudged.fields.ts';
import { samples } from '../samples/rendering.samples.ts';
import { rules } from './rules/index.ts';

const because = kustomizeMissing === undefined ? '' : ` (skipped: ${kustomizeMissing})`;
const isUnjudged =
  ({ kind, pointer }: Alteration) =>
  (field: (typeof unjudgedFields)[number]): boolean =>
    field.kind.test(kind) && field.pointer.test(pointer);

/** The first two rules that object; one is enough, and two make neither indispensable. */
function noticing(manifests: readonly Manifest[]): string[] {
  const ids: string[] = [];
  for (const { id, check } of rules) {
    if (check(manifests).length > 0 && ids.push(id) === 2) break;
  }
  return ids;
}

describe.skipIf(kustomizeMissing !== undefined)(`whatever is forgotten${because}`, () => {
  const all: Alteration[] = [];
  const survivors: Alteration[] = [];
  const alone = new Set<string>();

  beforeAll(() => {
    const seen = new Set<string>();
    for (const [path, manifests] of samples()) {
      for (const deletion of deletionsOf(path, manifests, seen)) {
        all.push(deletion);
        const left = deletion.manifests();
        const [first, second] = noticing(left);
        if (first === undefined) survivors.push(deletion);
        else if (second === undefined) alone.add(first);
      }
    }
  }, 120_000);

  it('is noticed by a rule, unless it is no matter of rules', () => {
    expect(all.length).toBeGreaterThan(1_000);
    const unnoticed = survivors.filter((deletion) => !unjudgedFields.some(isUnjudged(deletion)));
    const judged = all.length - survivors.length + unnoticed.length;
    const score = ((100 * (judged - unnoticed.length)) / judged).toFixed(1);
    process.stdout.write(
      `forgotten fields: ${all.length}; ${judged} judged, ${judged - unnoticed.length} noticed, score ${score} %; ` +
        `${survivors.length - unnoticed.length} are no matter of rules, for ${unjudgedFields.length} reasons\n`,
    );
    expect(unnoticed.map(({ title }) => title)).toEqual([]);
  });

  it('would go unnoticed without the rule that alone notices it', () => {
    expect([...alone]).toEqual(
      expect.arrayContaining(['no-token-mount', 'requests-and-limits', 'seccomp-runtime-default']),
    );
  });

  it('has no reason for what rules notice anyway', () => {
    const stale = unjudgedFields.filter(
      (field) =>
        all.some((deletion) => isUnjudged(deletion)(field)) &&
        !survivors.some((deletion) => isUnjudged(deletion)(field)),
    );
    expect(stale.map(({ pointer }) => pointer.source)).toEqual([]);
  });
});

describe.skipIf(kustomizeMissing !== undefined)(`a no for a yes${because}`, () => {
  it('is noticed by a rule, wherever it stands', () => {
    const flips = samples().flatMap(([path, manifests]) => [...flipsOf(path, manifests)]);
    expect(flips.length).toBeGreaterThan(50);
    expect(flips.filter((flip) => noticing(flip.manifests()).length === 0).map(({ title }) => title)).toEqual(
      [],
    );
  });
});
