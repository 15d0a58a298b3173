import type { Manifest } from '../../kubernetes/manifest.ts';
import {
  all,
  beside,
  dropObject,
  mutation,
  set,
  type Edit,
  type Mutation,
  type Target,
} from './mutation.contract.ts';

const role: Target = { kind: 'Role' };
const binding: Target = { kind: 'RoleBinding' };
const clusterBinding: Target = { kind: 'ClusterRoleBinding' };
const grant = (resources: readonly string[], verbs: readonly string[] = ['get'], apiGroups = ['']): Edit =>
  set('/rules/-', { apiGroups, resources, verbs });
const bindingOf =
  (name: string): Edit =>
  (object: Manifest) => [{ ...object, roleRef: { ...(object['roleRef'] as object), name } }];

/** What can be wrong with rights. */
export const rightsMutations: readonly Mutation[] = [
  mutation(
    'all verbs',
    role,
    grant(['pods'], ['*']),
    'role-no-escalation',
    'role-no-way-in',
    'role-no-wildcard',
  ),
  mutation('all resources', role, grant(['*']), 'role-no-secrets', 'role-no-way-in', 'role-no-wildcard'),
  mutation('all groups', role, grant(['deployments'], ['get'], ['*']), 'role-no-wildcard'),
  mutation('no verbs', role, grant(['deployments'], []), 'role-no-wildcard'),
  mutation(
    'paths instead of resources',
    role,
    set('/rules/-', { nonResourceURLs: ['/metrics'], verbs: ['get'] }),
    'role-no-wildcard',
  ),
  ...['get', 'list', 'watch', 'create', 'delete'].map((verb) =>
    mutation(`to ${verb} Secrets`, role, grant(['secrets'], [verb]), 'role-no-secrets'),
  ),
  ...['pods/exec', 'pods/attach', 'pods/portforward', 'pods/ephemeralcontainers', 'nodes/proxy'].map((way) =>
    mutation(`a way in by ${way}`, role, grant([way], ['create']), 'role-no-way-in'),
  ),
  mutation('bare pods', role, grant(['pods'], ['create']), 'role-no-way-in'),
  ...['escalate', 'bind', 'impersonate'].map((verb) =>
    mutation(
      `to ${verb}`,
      role,
      grant(['roles'], [verb], ['rbac.authorization.k8s.io']),
      'role-no-escalation',
    ),
  ),
  ...['roles', 'networkpolicies', 'serviceaccounts/token', 'resourcequotas', 'configmaps', 'services'].map(
    (guard) => mutation(`to change ${guard}`, role, grant([guard], ['create']), 'role-no-escalation'),
  ),
  mutation(
    'a binding of the cluster administrator',
    binding,
    set('/roleRef', { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' }),
    'binding-of-own-role',
  ),
  mutation('a binding of another role', binding, bindingOf('on-call'), 'binding-of-own-role'),
  mutation(
    'a binding of everybody',
    binding,
    set('/subjects/0/name', 'system:authenticated'),
    'binding-of-people',
  ),
  mutation(
    'a binding of a pod',
    binding,
    set('/subjects/0', { kind: 'ServiceAccount', name: 'default', namespace: 'default' }),
    'binding-of-people',
  ),
  mutation('a binding of nobody', binding, set('/subjects', []), 'binding-of-people'),
  mutation(
    'a role of the cluster',
    role,
    beside((object) => [
      { ...object, kind: 'ClusterRole', metadata: { ...object.metadata, namespace: undefined } },
    ]),
    'cluster-binding-of-token-review',
  ),
  mutation(
    'a binding of the cluster to more',
    clusterBinding,
    bindingOf('cluster-admin'),
    'cluster-binding-of-token-review',
  ),
  mutation(
    'a binding of the cluster to two',
    clusterBinding,
    all(set('/subjects/-', { kind: 'ServiceAccount', name: 'default', namespace: 'default' })),
    'cluster-binding-of-token-review',
  ),
  mutation('an unbound account with a token of the API server', clusterBinding, dropObject, 'token-audience'),
];
