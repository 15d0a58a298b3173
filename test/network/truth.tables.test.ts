import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { reductions } from './policy.parts.ts';
import { truthTable } from './truth.table.ts';
import { worldOf, type World } from './world.ts';

const store = 'k8s/dependencies/openbao';
const overlays = kustomizations.overlays();
/** The overlay in which the store of secrets has all of its clients, so that each of its flows shows. */
const withAllFlows = overlays.find((path) => path.endsWith('/kind-vault'));

const block = (cidr: string) => ({ ipBlock: { cidr } });
const https = [{ protocol: 'TCP', port: 443 }];

const deployed = async (overlay: string): Promise<World> =>
  worldOf([...(await render(overlay)), ...(await render(store))]);

describe.skipIf(kustomizeMissing)(
  `who reaches whom${kustomizeMissing ? ` (${kustomizeMissing})` : ''}`,
  () => {
    // After a wanted change: npm test -w test -- truth.tables -u, and read the difference.
    it.each(overlays)('in %s is as its committed table says', async (overlay) => {
      const table = truthTable(await deployed(overlay));
      await expect(table).toMatchFileSnapshot(`tables/${basename(overlay)}.md`);
    });

    it.each(overlays)(
      'in %s changes with every policy, rule, peer and port that is taken away',
      async (overlay) => {
        const world = await deployed(overlay);
        const isOwn = ({ metadata: { name, namespace } }: Manifest): boolean =>
          !name.endsWith('(expected)') && (overlay === withAllFlows || namespace !== 'openbao');
        const table = truthTable(world);
        const reduced = reductions(world.policies, isOwn);
        const dead = reduced.filter(({ policies }) => truthTable({ ...world, policies }) === table);
        expect(dead.map(({ part }) => part)).toEqual([]);
        expect(reduced.length).toBeGreaterThan(10);
      },
    );
    it.each<[string, 'ingress' | 'egress', object]>([
      ['some of the internet', 'egress', { to: [block('93.184.0.0/16')], ports: https }],
      ['the addresses of pods', 'egress', { to: [block('10.244.0.0/16')], ports: https }],
      ['the whole internet', 'egress', { to: [block('0.0.0.0/0')], ports: https }],
      ['everybody everywhere', 'egress', {}],
      [
        'another port of DNS',
        'egress',
        {
          to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
          ports: [{ protocol: 'TCP', port: 8080 }],
        },
      ],
      [
        'some pod of another namespace',
        'egress',
        { to: [{ namespaceSelector: { matchLabels: { team: 'x' } } }], ports: https },
      ],
      [
        'the addresses of pods, from them',
        'ingress',
        { from: [block('10.244.0.0/16')], ports: [{ protocol: 'TCP', port: 8080 }] },
      ],
      ['a pod that nobody knows', 'ingress', { from: [{ podSelector: { matchLabels: { app: 'other' } } }] }],
      [
        'its callers, on another port',
        'ingress',
        {
          from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'frontend' } } }],
          ports: [{ protocol: 'TCP', port: 9229 }],
        },
      ],
    ])('changes with a rule that opens the service to %s', async (_, direction, rule) => {
      const objects = [...(await render(overlays[0] ?? '')), ...(await render(store))];
      const opened = objects.map((object): Manifest => {
        if (object.kind !== 'NetworkPolicy' || object.metadata.name !== 'backend-api') return object;
        const spec = object['spec'] as Record<string, object[]>;
        return { ...object, spec: { ...spec, [direction]: [...(spec[direction] ?? []), rule] } };
      });
      expect(truthTable(worldOf(opened))).not.toBe(truthTable(worldOf(objects)));
    });

    it('is everybody, without any policy', async () => {
      const world = await deployed(overlays[0] ?? '');
      expect(truthTable({ ...world, policies: [] })).not.toContain('·');
    });
  },
);
