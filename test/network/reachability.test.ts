import { describe, expect, it } from 'vitest';
import type { Manifest } from '../kubernetes/manifest.ts';
import type { Endpoint, Protocol } from './endpoint.ts';
import { podOf } from './made.pod.ts';
import { reach } from './reachability.ts';

const api = podOf('api', 'a');
const web = podOf('web', 'a');
const foreignWeb = podOf('web', 'b');
const internet: Endpoint = { name: 'internet', address: '203.0.113.7' };

const address = (text: string): Endpoint => ({ name: text, address: text });
const policy = (spec: object, namespace = 'a'): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace },
  spec,
});
const select = (app: string) => ({ matchLabels: { app } });
const onApi = (rule: object) => policy({ podSelector: select('api'), ingress: [rule] });
const out = (rule: object) => policy({ podSelector: select('api'), policyTypes: ['Egress'], egress: [rule] });

const can = (policies: Manifest[], from: Endpoint, to: Endpoint, port = 8080, protocol: Protocol = 'TCP') =>
  reach(policies, { from, to, port, protocol }).allowed;

describe('network policies', () => {
  it('leave a pod open that none of them selects', () => {
    expect(can([], web, api)).toBe(true);
    expect(can([policy({ podSelector: select('other') })], web, api)).toBe(true);
    expect(can([policy({ podSelector: {} }, 'b')], web, api)).toBe(true);
  });

  it('close a pod that one of them selects, for ingress only when nothing else is said', () => {
    const closed = [policy({ podSelector: {} })];
    expect(can(closed, web, api)).toBe(false);
    expect(can(closed, api, internet)).toBe(true);
  });

  it('close egress too when it is named, or when there are rules for it', () => {
    expect(can([policy({ podSelector: {}, policyTypes: ['Egress'] })], api, internet)).toBe(false);
    expect(can([policy({ podSelector: {}, policyTypes: ['Egress'] })], foreignWeb, api)).toBe(true);
    expect(can([policy({ podSelector: {}, egress: [{ to: [{ podSelector: {} }] }] })], api, internet)).toBe(
      false,
    );
    expect(can([policy({ podSelector: {}, egress: [] })], api, internet)).toBe(true);
  });

  it('need both ends to allow', () => {
    const into = onApi({ from: [{ podSelector: select('web') }] });
    const outOfWeb = (app: string) =>
      policy({
        podSelector: select('web'),
        policyTypes: ['Egress'],
        egress: [{ to: [{ podSelector: select(app) }] }],
      });
    expect(can([into, outOfWeb('api')], web, api)).toBe(true);
    expect(can([into, outOfWeb('other')], web, api)).toBe(false);
    expect(can([onApi({ from: [{ podSelector: select('x') }] }), outOfWeb('api')], web, api)).toBe(false);
  });

  it('add up', () => {
    const deny = policy({ podSelector: {} });
    expect(can([deny, onApi({ from: [{ podSelector: select('web') }] })], web, api)).toBe(true);
  });

  it('mean everybody by a rule without peers, and every port by one without ports', () => {
    for (const rule of [{}, { from: [], ports: [] }]) {
      expect(can([onApi(rule)], internet, api, 1, 'UDP')).toBe(true);
    }
    expect(can([onApi({ ports: [{ port: 8080 }] })], internet, api, 8081)).toBe(false);
  });

  it('mean the own namespace by a pod selector alone', () => {
    const rule = onApi({ from: [{ podSelector: select('web') }] });
    expect([can([rule], web, api), can([rule], foreignWeb, api)]).toEqual([true, false]);
  });

  it('mean all pods of a namespace by a namespace selector alone', () => {
    const rule = onApi({ from: [{ namespaceSelector: { matchLabels: { team: 'b' } } }] });
    expect([can([rule], web, api), can([rule], foreignWeb, api), can([rule], podOf('x', 'b'), api)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('need both selectors of one peer, and one of two peers', () => {
    const namespaceSelector = { matchLabels: { team: 'b' } };
    const both = onApi({ from: [{ namespaceSelector, podSelector: select('web') }] });
    const either = onApi({ from: [{ namespaceSelector }, { podSelector: select('web') }] });
    expect([can([both], web, api), can([both], foreignWeb, api), can([both], podOf('x', 'b'), api)]).toEqual([
      false,
      true,
      false,
    ]);
    expect([
      can([either], web, api),
      can([either], foreignWeb, api),
      can([either], podOf('x', 'b'), api),
    ]).toEqual([true, true, true]);
  });

  it('select nobody outside by empty selectors, and every pod', () => {
    const rule = onApi({ from: [{ namespaceSelector: {} }] });
    expect([can([rule], foreignWeb, api), can([rule], internet, api)]).toEqual([true, false]);
  });

  it('mean addresses by a block, less its exceptions, and no pod whose address nobody knows', () => {
    const ipBlock = { cidr: '203.0.113.0/24', except: ['203.0.113.4/30'] };
    const rule = out({ to: [{ ipBlock }] });
    expect(can([rule], api, address('203.0.113.1'))).toBe(true);
    expect(can([rule], api, address('203.0.113.7'))).toBe(false);
    expect(can([rule], api, address('203.0.114.1'))).toBe(false);
    expect(can([rule], api, web)).toBe(false);
  });

  it.each([
    [{ port: 53 }, 53, 'UDP', false],
    [{ port: 53, protocol: 'UDP' }, 53, 'UDP', true],
    [{ protocol: 'UDP' }, 9999, 'UDP', true],
    [{ protocol: 'UDP' }, 9999, 'TCP', false],
    [{ port: 8000, endPort: 8100 }, 8100, 'TCP', true],
    [{ port: 8000, endPort: 8100 }, 8101, 'TCP', false],
    [{ port: 'web' }, 8080, 'TCP', true],
    [{ port: 'web' }, 8081, 'TCP', false],
    [{ port: 'web', protocol: 'UDP' }, 8080, 'UDP', false],
    [{ port: 'none' }, 8080, 'TCP', false],
  ] as const)('read the port %j: %i %s is %s', (port, number, protocol, expected) => {
    expect(can([onApi({ ports: [port] })], web, api, number, protocol)).toBe(expected);
  });

  it('look up a named port at the pod that is connected to, also for egress', () => {
    expect(can([out({ ports: [{ port: 'web' }] })], api, web)).toBe(true);
    expect(can([out({ ports: [{ port: 'web' }] })], api, internet)).toBe(false);
  });

  it.each([
    [{ key: 'app', operator: 'In', values: ['web', 'x'] }, true],
    [{ key: 'app', operator: 'NotIn', values: ['web'] }, false],
    [{ key: 'other', operator: 'NotIn', values: ['web'] }, true],
    [{ key: 'app', operator: 'Exists' }, true],
    [{ key: 'app', operator: 'DoesNotExist' }, false],
  ])('read the expression %j', (expression, expected) => {
    expect(can([onApi({ from: [{ podSelector: { matchExpressions: [expression] } }] })], web, api)).toBe(
      expected,
    );
  });
});
