import { describe, expect, it } from 'vitest';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import { mutate } from './mutation.ts';
import type { MutationRow } from './mutations/mutation.table.ts';
import { namespaceMutations } from './mutations/namespace.mutations.ts';
import { podMutations } from './mutations/pod.mutations.ts';
import { workloadMutations } from './mutations/workload.mutations.ts';
import { judge, rules } from './rules/index.ts';

const overlay = 'k8s/overlays/kind';
const store = 'k8s/dependencies/openbao';
const projected = 'spec/template/spec/volumes/4/projected/sources/0/serviceAccountToken/expirationSeconds';
type Row = [kustomization: string, ...MutationRow];

const rows: Row[] = [
  ...[...podMutations, ...workloadMutations, ...namespaceMutations].map((row): Row => [overlay, ...row]),
  [store, 'StatefulSet/openbao', projected, 86_400, 'audience-bound-token'],
];

describe.skipIf(kustomizeMissing)(
  `one broken field (${kustomizeMissing ?? `${rows.length} of them`})`,
  () => {
    it.each<Row>(rows)('%s, %s: %s', async (path, target, pointer, value, ...breaks) => {
      const broken = judge(mutate(await render(path), target, pointer, value));
      expect([...new Set(broken.map(({ rule }) => rule))].toSorted()).toEqual(breaks.toSorted());
    });

    it('is there for each rule', () => {
      const broken = new Set(rows.flatMap(([, , , , ...breaks]) => breaks));
      expect(rules.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
    });

    it.each([
      ['Deployment/nobody', 'spec/replicas', /no such object/],
      ['Deployment/frontend', 'spec/template/sepc/x', /no such place/],
    ])('has to be a real place: %s %s', async (target, pointer, refusal) => {
      const objects = await render(overlay);
      expect(() => mutate(objects, target, pointer, 1)).toThrow(refusal);
    });
  },
);
