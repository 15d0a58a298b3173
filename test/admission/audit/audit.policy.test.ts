import { describe, expect, it } from 'vitest';
import { levelOf, levels, parseAuditPolicy, readAuditPolicy, type AuditedRequest } from './audit.policy.ts';

const ours = parseAuditPolicy(readAuditPolicy());
const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
const people = [
  { user: 'developer', groups: ['system:authenticated'] },
  { user: 'system:node:one', groups: ['system:nodes', 'system:authenticated'] },
  { user: 'system:kube-controller-manager', groups: ['system:authenticated'] },
  { user: 'system:apiserver', groups: ['system:masters'] },
];
const secretive = [
  { group: '', name: 'secrets' },
  { group: '', name: 'configmaps' },
  { group: '', name: 'serviceaccounts', subresource: 'token' },
  { group: 'authentication.k8s.io', name: 'tokenreviews' },
];
const request = (
  resource: NonNullable<AuditedRequest['resource']>,
  verb: string,
  person: (typeof people)[number] = people[0]!,
): AuditedRequest => ({ ...person, verb, path: '/', resource: { namespace: 'demo', ...resource } });

const withFirst = (rule: object) =>
  parseAuditPolicy(JSON.stringify({ ...ours, rules: [rule, ...ours.rules] }));
const shown = (policy: typeof ours): string[] =>
  secretive.flatMap((resource) =>
    people.flatMap((person) =>
      verbs
        .filter(
          (verb) =>
            levels.indexOf(levelOf(policy, request(resource, verb, person))) > levels.indexOf('Metadata'),
        )
        .map((verb) => `${person.user} ${verb} ${resource.name}`),
    ),
  );

describe('the audit policy', () => {
  it('never shows the body of a Secret, a ConfigMap or a token, whoever does whatever', () => {
    expect(shown(ours)).toEqual([]);
  });

  it('would be caught showing one', () => {
    expect(shown(withFirst({ level: 'RequestResponse', verbs: ['create'] }))).toHaveLength(16);
    expect(
      shown(withFirst({ level: 'Request', resources: [{ group: '', resources: ['secrets'] }] })),
    ).toHaveLength(32);
    expect(shown(withFirst({ level: 'Request', resources: [{ resources: ['*/token'] }] }))).toHaveLength(32);
  });

  it('leaves no reader of Secrets out, the system neither', () => {
    const silent = people.flatMap((person) =>
      verbs.filter((verb) => levelOf(ours, request(secretive[0]!, verb, person)) === 'None'),
    );
    expect(silent).toEqual([]);
  });

  it.each(['exec', 'attach', 'portforward', 'proxy', 'ephemeralcontainers'])(
    'tells who used pods/%s',
    (subresource) => {
      expect(levelOf(ours, request({ group: '', name: 'pods', subresource }, 'create'))).toBe('Metadata');
    },
  );

  it.each([
    ['rbac.authorization.k8s.io', 'rolebindings'],
    ['rbac.authorization.k8s.io', 'clusterroles'],
    ['admissionregistration.k8s.io', 'validatingadmissionpolicybindings'],
    ['networking.k8s.io', 'networkpolicies'],
    ['', 'namespaces'],
  ])('tells what became of a guard: %s/%s', (group, name) => {
    const level = (verb: string) => levelOf(ours, request({ group, name }, verb));
    expect(['create', 'update', 'patch', 'delete', 'deletecollection'].map(level)).toEqual(
      Array(5).fill('RequestResponse'),
    );
    expect(level('get')).toBe('Metadata');
  });

  it('tells that a pod was refused, without the pod', () => {
    expect(levelOf(ours, request({ group: '', name: 'pods' }, 'create'))).toBe('Metadata');
  });

  it.each(['/livez', '/readyz/etcd', '/metrics'])('says nothing about %s', (path) => {
    expect(levelOf(ours, { ...people[0]!, verb: 'get', path })).toBe('None');
  });

  it('says nothing about what the system reads and beats all the time', () => {
    const [, node, manager] = people;
    expect(levelOf(ours, request({ group: '', name: 'pods' }, 'watch', node))).toBe('None');
    expect(levelOf(ours, request({ group: 'coordination.k8s.io', name: 'leases' }, 'update', manager))).toBe(
      'None',
    );
    expect(levelOf(ours, request({ group: '', name: 'pods' }, 'delete', manager))).toBe('Metadata');
  });

  it('refuses a field that the API server would not know', () => {
    expect(() => withFirst({ level: 'None', resource: ['pods'] })).toThrow('resource');
  });
});
