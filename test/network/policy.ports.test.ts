import { describe, expect, it } from 'vitest';
import { address, api, can, onApi, out, web } from './made.policy.ts';

const internet = address('203.0.113.7');

// As the comments on NetworkPolicyPort in k8s.io/api/networking/v1/types.go and on LabelSelectorRequirement in
// k8s.io/apimachinery/pkg/apis/meta/v1/types.go.
describe('rules of network policies', () => {
  it.each([
    [{ port: 53 }, 53, 'UDP', false],
    [{ port: 53, protocol: 'UDP' }, 53, 'UDP', true],
    [{ protocol: 'UDP' }, 9999, 'UDP', true],
    [{ protocol: 'UDP' }, 9999, 'TCP', false],
    [{ port: 8000, endPort: 8100 }, 8100, 'TCP', true],
    [{ port: 8000, endPort: 8100 }, 8101, 'TCP', false],
    [{ port: 53, protocol: 'SCTP' }, 53, 'SCTP', true],
    [{ port: 53, protocol: 'SCTP' }, 53, 'TCP', false],
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
