import { describe, expect, it } from 'vitest';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { truthTable } from './truth.table.ts';
import { worldOf } from './world.ts';

const store = 'k8s/dependencies/openbao';
const [overlay = ''] = kustomizations.overlays();

const block = (cidr: string) => ({ ipBlock: { cidr } });
const https = [{ protocol: 'TCP', port: 443 }];

describe.skipIf(kustomizeMissing)(
  `a table of who reaches whom${kustomizeMissing ? ` (${kustomizeMissing})` : ''}`,
  () => {
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
      const objects = [...(await render(overlay)), ...(await render(store))];
      const opened = objects.map((object): Manifest => {
        if (
          object.kind !== 'NetworkPolicy' ||
          object.metadata.labels?.['app.kubernetes.io/component'] !== 'api'
        )
          return object;
        const spec = object['spec'] as Record<string, object[]>;
        return { ...object, spec: { ...spec, [direction]: [...(spec[direction] ?? []), rule] } };
      });
      expect(truthTable(worldOf(opened))).not.toBe(truthTable(worldOf(objects)));
    });
  },
);
