import { describe, expect, it } from 'vitest';
import type { Manifest } from '../kubernetes/manifest.ts';
import { isAllowed, type Request } from './rights.ts';
import { accountOf, memberOf, userOf, type Subject } from './subjects.ts';

const object = (kind: string, name: string, fields: object, namespace?: string): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: { name, namespace },
  ...fields,
});
const rule = (verbs: string[], resources: string[], more: object = {}) => ({
  apiGroups: [''],
  verbs,
  resources,
  ...more,
});
const role = (...rules: object[]) => object('Role', 'r', { rules }, 'a');
const clusterRole = (...rules: object[]) => object('ClusterRole', 'r', { rules });
const group = { kind: 'Group', name: 'team' };
const bound = (kind: string, roleKind: string, subject: object = group) =>
  object(
    kind,
    'b',
    { roleRef: { kind: roleKind, name: 'r' }, subjects: [subject] },
    kind === 'RoleBinding' ? 'a' : undefined,
  );

const readingPods = (subject: object): Manifest[] => [
  role(rule(['get'], ['pods'])),
  bound('RoleBinding', 'Role', subject),
];

const team = memberOf('team');
const can = (objects: Manifest[], request: Request, subject: Subject = team) =>
  isAllowed(objects, subject, request);
const get: Request = { verb: 'get', resource: 'pods', namespace: 'a' };

// Each as in https://kubernetes.io/docs/reference/access-authn-authz/rbac/, the comments on PolicyRule in k8s.io/api/rbac/v1/types.go
// and kubernetes/pkg/apis/rbac/v1/evaluation_helpers.go.
describe('rights', () => {
  it('are none without a binding, or with one of somebody else', () => {
    expect(can([role(rule(['get'], ['pods']))], get)).toBe(false);
    expect(can([role(rule(['get'], ['pods'])), bound('RoleBinding', 'Role')], get, memberOf('others'))).toBe(
      false,
    );
  });

  it('of a role binding hold in its namespace, also those of a cluster role', () => {
    for (const kind of ['Role', 'ClusterRole']) {
      const made = kind === 'Role' ? role : clusterRole;
      const objects = [made(rule(['get'], ['pods'])), bound('RoleBinding', kind)];
      expect([
        can(objects, get),
        can(objects, { ...get, namespace: 'b' }),
        can(objects, { ...get, namespace: undefined }),
      ]).toEqual([true, false, false]);
    }
  });

  it('of a cluster role binding hold everywhere', () => {
    const objects = [clusterRole(rule(['get'], ['pods'])), bound('ClusterRoleBinding', 'ClusterRole')];
    expect([can(objects, get), can(objects, { ...get, namespace: undefined })]).toEqual([true, true]);
  });

  it('of an account come by its name, its groups and its full user name', () => {
    const account = accountOf('a', 'api');
    expect(can(readingPods({ kind: 'ServiceAccount', name: 'api', namespace: 'a' }), get, account)).toBe(
      true,
    );
    expect(can(readingPods({ kind: 'ServiceAccount', name: 'api', namespace: 'b' }), get, account)).toBe(
      false,
    );
    expect(can(readingPods({ kind: 'Group', name: 'system:serviceaccounts:a' }), get, account)).toBe(true);
    expect(can(readingPods({ kind: 'User', name: 'system:serviceaccount:a:api' }), get, account)).toBe(true);
    expect(can(readingPods({ kind: 'User', name: 'api' }), get, account)).toBe(false);
  });

  it.each<[object, Partial<Request>, boolean]>([
    [rule(['get'], ['pods']), { verb: 'list' }, false],
    [rule(['*'], ['pods']), { verb: 'delete' }, true],
    [rule(['get'], ['pods']), { resource: 'pods/log' }, false],
    [rule(['get'], ['pods/log']), { resource: 'pods/log' }, true],
    [rule(['get'], ['*']), { resource: 'secrets' }, true],
    [rule(['get'], ['*']), { resource: 'pods/exec' }, true],
    [rule(['get'], ['pods/*']), { resource: 'pods/exec' }, false],
    [rule(['get'], ['*/*']), { resource: 'pods/exec' }, false],
    [rule(['get'], ['*/scale']), { resource: 'deployments/scale' }, true],
    [rule(['get'], ['*/scale']), { resource: 'deployments' }, false],
    [rule(['get'], ['pods'], { apiGroups: ['apps'] }), {}, false],
    [rule(['get'], ['pods'], { apiGroups: ['*'] }), { group: 'apps' }, true],
    [rule(['get'], ['pods'], { resourceNames: ['one'] }), { name: 'one' }, true],
    [rule(['get'], ['pods'], { resourceNames: ['one'] }), { name: 'two' }, false],
    [rule(['list'], ['pods'], { resourceNames: ['one'] }), { verb: 'list' }, false],
  ])('of the rule %j for %j: %s', (one, request, expected) => {
    expect(can([role(one), bound('RoleBinding', 'Role')], { ...get, ...request })).toBe(expected);
  });

  it('of a user come by the name alone, and by what all have who logged in', () => {
    expect(can(readingPods({ kind: 'User', name: 'jane' }), get, userOf('jane'))).toBe(true);
    expect(can(readingPods({ kind: 'User', name: 'jane' }), get, userOf('john'))).toBe(false);
    expect(can(readingPods({ kind: 'Group', name: 'system:authenticated' }), get, userOf('john'))).toBe(true);
  });

  it('of an aggregating cluster role are those of the roles that it selects, in place of its own', () => {
    const aggregating = object('ClusterRole', 'r', {
      rules: [rule(['list'], ['pods'])],
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: 'reader' } }] },
    });
    const labelled = (part: string) => ({
      ...object('ClusterRole', part, { rules: [rule(['get'], ['pods'])] }),
      metadata: { name: part, labels: { part } },
    });
    const binding = bound('RoleBinding', 'ClusterRole');
    expect(can([aggregating, labelled('reader'), binding], get)).toBe(true);
    expect(can([aggregating, labelled('other'), binding], get)).toBe(false);
    expect(can([aggregating, labelled('reader'), binding], { ...get, verb: 'list' })).toBe(false);
  });

  it('of a role that nobody knows are no rights, but an error', () => {
    expect(() => can([bound('RoleBinding', 'ClusterRole')], get)).toThrow('of which nothing is known');
  });

  it('for paths that are no objects come from cluster roles, with a star at the end', () => {
    const objects = [
      clusterRole({ verbs: ['get'], nonResourceURLs: ['/healthz/*'] }),
      bound('ClusterRoleBinding', 'ClusterRole'),
    ];
    expect([
      can(objects, { verb: 'get', url: '/healthz/etcd' }),
      can(objects, { verb: 'get', url: '/metrics' }),
    ]).toEqual([true, false]);
  });
});
