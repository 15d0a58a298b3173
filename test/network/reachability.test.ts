import { describe, expect, it } from 'vitest';
import type { Endpoint } from './endpoint.ts';
import { podOf } from './made.pod.ts';
import { address, api, can, onApi, out, policy, select, web } from './made.policy.ts';

const foreignWeb = podOf('web', 'b');
const internet: Endpoint = { name: 'internet', address: '203.0.113.7' };

const outOfWeb = (app: string) =>
  policy({
    podSelector: select('web'),
    policyTypes: ['Egress'],
    egress: [{ to: [{ podSelector: select(app) }] }],
  });

// Each as in https://kubernetes.io/docs/concepts/services-networking/network-policies/ and the comments on NetworkPolicySpec,
// NetworkPolicyPeer and IPBlock in k8s.io/api/networking/v1/types.go.
describe('network policies', () => {
  it('leave a pod open that none of them selects', () => {
    expect(can([], web, api)).toBe(true);
    expect(can([policy({ podSelector: select('other') })], web, api)).toBe(true);
    expect(can([policy({ podSelector: {} }, 'b')], web, api)).toBe(true);
  });

  it('select every pod of their namespace by an empty pod selector, or by none', () => {
    expect(can([policy({ podSelector: {} })], web, api)).toBe(false);
    expect(can([policy({})], web, api)).toBe(false);
    expect(can([policy({})], web, podOf('api', 'b'))).toBe(true);
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

  it('mean the addresses of one family by a block, and none of the other', () => {
    const rule = out({ to: [{ ipBlock: { cidr: '2001:db8::/32' } }] });
    expect(can([rule], api, address('2001:db8::7'))).toBe(true);
    expect(can([rule], api, internet)).toBe(false);
    expect(can([out({ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] })], api, address('2001:db8::7'))).toBe(false);
  });
});
