import { describe, expect, it } from 'vitest';
import type { Fields } from '../kubernetes/field.path.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { sampleAt } from '../samples/rendering.samples.ts';
import { defects } from './planted.defects.ts';
import { differences } from './truth.differences.ts';
import { truthTable } from './truth.table.ts';
import { worldOf } from './world.ts';

const componentOf = ({ metadata }: Manifest): string | undefined =>
  metadata.labels?.['app.kubernetes.io/component'];

describe('too wide a policy', () => {
  it.each(defects)('shows in the table: $title', ({ component, widen, opens }) => {
    const overlay = sampleAt('k8s/overlays/kind-vault');
    const world = worldOf([...overlay, ...sampleAt('k8s/dependencies/openbao')]);
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
});
