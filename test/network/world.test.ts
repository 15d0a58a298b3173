import { describe, expect, it } from 'vitest';
import type { Manifest } from '../kubernetes/manifest.ts';
import { truthTable } from './truth.table.ts';
import { worldOf } from './world.ts';

const object = (kind: string, name: string, fields: object = {}): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, ...(kind === 'Namespace' ? {} : { namespace: 'home' }) },
  ...fields,
});
const container = { name: 'c', image: 'i', ports: [{ name: 'api', containerPort: 8080 }] };
const pod = (name: string, more: object = {}): Manifest =>
  object('Pod', name, {
    metadata: { name, namespace: 'home', labels: { 'app.kubernetes.io/name': name } },
    spec: { containers: [container], ...more },
  });
const callers = (...from: object[]): Manifest =>
  object('NetworkPolicy', 'api', {
    spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from, ports: [{ port: 'api' }] }] },
  });
const named = (name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } });
const shop = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } };

const cells = (line: string): string[] => line.split('|').map((cell) => cell.trim());

/** What a row of the table says of `api:8080`. */
const mark = (objects: readonly Manifest[], row: string): string | undefined => {
  const [header = '', ...rows] = truthTable(worldOf(objects)).split('\n');
  const column = cells(header).findIndex((title) => title.endsWith(':8080') && title.startsWith('api'));
  return rows.map((line) => cells(line)).find(([, title]) => title === row)?.[column];
};

describe('the table of who reaches whom', () => {
  const home = object('Namespace', 'home');

  it('has a row for a caller that a policy names and somebody else deploys', () => {
    expect(mark([home, pod('api'), callers(named('web'))], 'web (expected)')).toBe('✓');
    expect(mark([home, pod('api'), callers(named('web'))], 'web elsewhere')).toBe('·');
  });

  it('has one for a caller in another namespace', () => {
    const objects = [home, pod('api'), callers({ ...named('web'), ...shop })];
    expect(mark(objects, 'web in shop (expected)')).toBe('✓');
    expect(mark(objects, 'web (expected)')).toBeUndefined();
  });

  it('takes a caller that is there for itself', () => {
    const objects = [home, pod('api'), pod('web'), callers(named('web'))];
    expect(mark(objects, 'web')).toBe('✓');
    expect(mark(objects, 'web (expected)')).toBeUndefined();
  });

  it("shows a pod in its node's network as one that no policy holds", () => {
    const objects = [home, pod('api'), callers(named('web'))];
    const inNode = [home, pod('api', { hostNetwork: true }), callers(named('web'))];
    expect(mark(objects, 'stranger elsewhere')).toBe('·');
    expect(mark(inNode, 'stranger elsewhere')).toBe('✓');
    expect(mark(inNode, "api (in its node's network)")).toBe('✓');
  });
});
