import * as fc from 'fast-check';
import type { Manifest } from '../kubernetes/manifest.ts';
import type { Request } from './rights.ts';
import { accountOf, memberOf, userOf, type Subject } from './subjects.ts';

const namespaces = ['one', 'two'];
const namespace = fc.constantFrom(...namespaces);
const resources = ['pods', 'pods/exec', 'deployments', 'deployments/scale'];
const some = (...entries: string[]) =>
  fc.uniqueArray(fc.constantFrom(...entries), { minLength: 1, maxLength: 2 });

const rule = fc.record(
  {
    verbs: some('get', 'list', 'create', '*'),
    apiGroups: some('', 'apps', '*'),
    resources: some(...resources, '*', '*/scale', 'pods/*', '*/*'),
    resourceNames: fc.constant(['x']),
  },
  { requiredKeys: ['verbs', 'apiGroups', 'resources'] },
);
// Of no path that a cluster shows to everybody, like /healthz.
const urls = fc.record({
  verbs: some('get', 'create', '*'),
  nonResourceURLs: some('/made', '/made/*', '/other*', '*'),
});
const request: fc.Arbitrary<Request> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      verb: fc.constantFrom('get', 'list', 'create'),
      group: fc.constantFrom('', 'apps'),
      resource: fc.constantFrom(...resources),
      name: fc.constantFrom(undefined, 'x', 'y'),
      namespace: fc.constantFrom(...namespaces, undefined),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      verb: fc.constantFrom('get', 'create'),
      url: fc.constantFrom('/made', '/made/up', '/other', '/other/one'),
    }),
  },
);

/** Roles and bindings in two namespaces, and what their subjects ask for. */
export interface Case {
  readonly objects: readonly Manifest[];
  readonly asked: readonly { readonly subject: Subject; readonly request: Request }[];
}

const object = (kind: string, name: string, home: string | undefined, fields: object): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: { name, ...(home === undefined ? {} : { namespace: home }) },
  ...fields,
});
const apiGroup = 'rbac.authorization.k8s.io';

/** @param index sets names apart from those of other cases, so that many can be applied together */
export const caseOf = (index: number): fc.Arbitrary<Case> => {
  const subjects = [memberOf(`team-${index}`), userOf(`user-${index}`), accountOf('one', `account-${index}`)];
  const bound = fc.constantFrom(
    { kind: 'Group', name: `team-${index}`, apiGroup },
    { kind: 'User', name: `user-${index}`, apiGroup },
    { kind: 'ServiceAccount', name: `account-${index}`, namespace: 'one' },
    { kind: 'ServiceAccount', name: `account-${index}`, namespace: 'two' },
  );
  const grant = fc
    .record({
      kinds: fc.constantFrom<[string, string][]>(
        ['Role', 'RoleBinding'],
        ['ClusterRole', 'RoleBinding'],
        ['ClusterRole', 'ClusterRoleBinding'],
      ),
      home: namespace,
      rules: fc.array(rule, { minLength: 2, maxLength: 3 }),
      paths: fc.array(urls, { maxLength: 1 }),
      subject: bound,
    })
    .map(({ kinds: [role, binding], home, rules, paths, subject }) => (name: string): Manifest[] => [
      object(role, name, role === 'Role' ? home : undefined, {
        rules: role === 'Role' ? rules : [...rules, ...paths],
      }),
      object(binding, name, binding === 'RoleBinding' ? home : undefined, {
        roleRef: { apiGroup, kind: role, name },
        subjects: [subject],
      }),
    ]);
  return fc
    .record({
      grants: fc.array(grant, { minLength: 4, maxLength: 6 }),
      asked: fc.array(fc.record({ subject: fc.constantFrom(...subjects), request }), {
        minLength: 40,
        maxLength: 40,
      }),
    })
    .map(({ grants, asked }) => ({
      asked,
      objects: grants.flatMap((made, number) => made(`random-${index}-${number}`)),
    }));
};
