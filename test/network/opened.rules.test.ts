import { describe, expect, it } from 'vitest';
import type { Manifest } from '../kubernetes/manifest.ts';
import { sampleAt } from '../samples/rendering.samples.ts';
import { truthTable } from './truth.table.ts';
import { worldOf } from './world.ts';

const block = (cidr: string) => ({ ipBlock: { cidr } });
const https = [{ protocol: 'TCP', port: 443 }];

describe('a table of who reaches whom', () => {
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
  ])('changes with a rule that opens the service to %s', (_, direction, rule) => {
    const objects = [...sampleAt('k8s/overlays/kind'), ...sampleAt('k8s/dependencies/openbao')];
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
});
