import { describe, expect, it } from 'vitest';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import type { Fields } from '../kubernetes/field.path.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { defects } from './planted.defects.ts';
import { differences } from './truth.differences.ts';
import { truthTable } from './truth.table.ts';
import { worldOf } from './world.ts';

const withAllFlows = kustomizations.overlays().find((path) => path.endsWith('/kind-vault')) ?? '';

const componentOf = ({ metadata }: Manifest): string | undefined =>
  metadata.labels?.['app.kubernetes.io/component'];

describe.skipIf(kustomizeMissing)(
  `too wide a policy${kustomizeMissing ? ` (${kustomizeMissing})` : ''}`,
  () => {
    it.each(defects)('shows in the table: $title', async ({ component, widen, opens }) => {
      const overlay = await render(withAllFlows);
      const world = worldOf([...overlay, ...(await render('k8s/dependencies/openbao'))]);
      const policies = world.policies.map((policy): Manifest =>
        componentOf(policy) === component ? { ...policy, spec: widen(policy['spec'] as Fields) } : policy,
      );
      const home = overlay.find(({ kind }) => kind === 'Namespace')?.metadata.name;
      const cell = opens.replaceAll(/\{([\w-]+)\}/g, (_, what: string) => {
        const found = world.policies.find((policy) => componentOf(policy) === what)?.metadata.name;
        return String(what === 'home' ? home : found);
      });
      expect(differences({ ...world, policies }, truthTable(world))).toContainEqual(
        expect.stringContaining(`${cell} is ✓`),
      );
    });
  },
);
