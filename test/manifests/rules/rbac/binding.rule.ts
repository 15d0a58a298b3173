import { inSameNamespace, objectsOf } from '../../../kubernetes/object.draft.ts';
import { fault, type Rule } from '../rule.contract.ts';
import { both, perKind } from '../rule.scope.ts';

const rbac = 'rbac.authorization.k8s.io';

export const bindsItsRole: Rule = {
  id: 'binding-of-own-role',
  title: 'A RoleBinding binds the Role that is rendered with it, by the same name',
  row: 14,
  scanners: {
    kubescape: ['C-0035', 'C-0185'],
    trivy: ['KSV-0111', 'KSV-0112'],
    kubeLinter: ['cluster-admin-role-binding'],
    polaris: ['rolebindingClusterAdminClusterRole', 'rolebindingClusterAdminRole'],
  },
  check: perKind('RoleBinding', (binding, manifests) => {
    const { kind, name, apiGroup } = binding.roleRef ?? {};
    const isThere = objectsOf(manifests, 'Role').some(
      (role) => role.metadata?.name === name && inSameNamespace(role, binding),
    );
    return kind === 'Role' && apiGroup === rbac && isThere && name === binding.metadata?.name
      ? []
      : [fault('/roleRef', `leads to ${kind} ${name}`, 'bind the Role of the same name')];
  }),
};

export const bindsPeopleOnly: Rule = {
  id: 'binding-of-people',
  title: 'Roles are bound to named groups: to no workload and to nobody in general',
  row: 14,
  scanners: {
    checkov: ['CKV_K8S_42'],
    trivy: ['KSV-0051', 'KSV-0052'],
    kubescape: ['C-0188', 'C-0189', 'C-0190', 'C-0192'],
  },
  check: perKind('RoleBinding', ({ subjects = [] }) =>
    subjects.length === 0
      ? [fault('/subjects', 'is empty', 'name a group, or drop the binding')]
      : subjects.flatMap(({ kind, name = '', apiGroup }, index) =>
          kind === 'Group' && apiGroup === rbac && name !== '' && !name.startsWith('system:')
            ? []
            : [fault(`/subjects/${index}`, `is ${kind} ${name}`, 'bind a group of people or pipelines')],
        ),
  ),
};

/** What a workload may have of the cluster: to ask whose token it was shown. */
const allowedRole = 'system:auth-delegator';

export const bindsLittleOfTheCluster: Rule = {
  id: 'cluster-binding-of-token-review',
  title:
    'The only role of the whole cluster is that of token reviews, for one account that is rendered with it',
  row: 14,
  scanners: {
    kubescape: ['C-0035', 'C-0185'],
    checkov: ['CKV2_K8S_1', 'CKV2_K8S_2', 'CKV2_K8S_3'],
    trivy: ['KSV-0111'],
    polaris: ['clusterrolebindingClusterAdmin'],
  },
  check: both(
    perKind('ClusterRole', () => [fault('', 'is rendered', 'use a Role in the namespace')]),
    perKind('ClusterRoleBinding', ({ roleRef, subjects = [] }, manifests) => {
      const isOwn = subjects.map(({ kind, name, namespace }) =>
        objectsOf(manifests, 'ServiceAccount').some(
          ({ metadata }) =>
            kind === 'ServiceAccount' && metadata?.name === name && metadata?.namespace === namespace,
        ),
      );
      return [
        ...(roleRef?.kind === 'ClusterRole' && roleRef.apiGroup === rbac && roleRef.name === allowedRole
          ? []
          : [
              fault(
                '/roleRef',
                `leads to ${roleRef?.kind} ${roleRef?.name}`,
                `bind ${allowedRole} or nothing`,
              ),
            ]),
        ...(isOwn.length === 1 && isOwn[0] === true
          ? []
          : [fault('/subjects', 'are not one account that is rendered here', 'bind one account')]),
      ];
    }),
  ),
};
