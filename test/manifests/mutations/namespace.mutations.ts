import { removed } from '../mutation.ts';
import type { MutationRow } from './mutation.table.ts';

const namespace = 'Namespace/demo';
const role = 'Role/on-call';
const policy = 'NetworkPolicy/backend-api';
const service = 'Service/backend-api';
const everybody = { kind: 'Group', name: 'system:authenticated' };

const configMap = (data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'planted',
    namespace: 'demo',
    labels: { 'app.kubernetes.io/name': 'planted', 'app.kubernetes.io/part-of': 'secure-backend' },
  },
  data,
});

export const namespaceMutations: readonly MutationRow[] = [
  ['ServiceAccount/backend-api', 'automountServiceAccountToken', removed, 'account-without-token'],
  ['ServiceAccount/frontend', '', removed, 'own-account'],
  [role, 'rules/0/resources/-', 'secrets', 'no-secret-reader'],
  [role, 'rules/0/resources', ['*'], 'no-secret-reader'],
  [role, 'rules/-', { apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] }, 'no-secret-reader'],
  [role, 'rules/0/verbs/-', '*', 'no-secret-reader'],
  ['Role/deployer', 'rules/0/verbs/-', 'impersonate', 'no-secret-reader'],
  ['RoleBinding/on-call', 'roleRef/name', 'cluster-admin', 'known-bindings'],
  ['RoleBinding/on-call', 'subjects/-', everybody, 'known-bindings'],
  ['RoleBinding/on-call', 'subjects/-', { kind: 'ServiceAccount', name: 'backend-api' }, 'quiet-accounts'],
  [namespace, '', configMap({ 'api-key': 'a b' }), 'innocent-configuration'],
  [namespace, '', configMap({ port: '8080' }), 'innocent-configuration'],
  [namespace, '', configMap({ tls: '-----BEGIN PRIVATE KEY-----\nx' }), 'innocent-configuration'],
  [namespace, '', { ...configMap({ a: 'b c' }), kind: 'Secret' }, 'no-secret-object'],
  [service, 'metadata/namespace', removed, 'explicit-namespace', 'inner-services'],
  ['Role/deployer', 'metadata/namespace', 'default', 'explicit-namespace'],
  [service, 'metadata/labels/app.kubernetes.io~1part-of', removed, 'standard-labels'],
  [
    'Deployment/frontend',
    'metadata/labels/app.kubernetes.io~1instance',
    'other',
    'standard-labels',
    'labelled-pods',
  ],
  [
    'Job/backend-api-migrations',
    'metadata/labels/app.kubernetes.io~1component',
    removed,
    'standard-labels',
    'labelled-pods',
  ],
  [namespace, 'metadata/labels/pod-security.kubernetes.io~1enforce', 'baseline', 'pod-security-labels'],
  [namespace, 'metadata/labels/pod-security.kubernetes.io~1warn', removed, 'pod-security-labels'],
  [namespace, 'metadata/labels/pod-security.kubernetes.io~1audit-version', 'latest', 'pod-security-labels'],
  [namespace, 'metadata/labels/secure-backend~1guarded', removed, 'pod-security-labels'],
  ['LimitRange/containers', '', removed, 'namespace-limits'],
  ['ResourceQuota/namespace', '', removed, 'namespace-limits'],
  ['ResourceQuota/namespace', 'spec/hard/services.nodeports', '1', 'namespace-limits'],
  ['ResourceQuota/namespace', 'spec/hard/limits.memory', '1Gi', 'quota-fits'],
  ['ResourceQuota/namespace', 'spec/hard/pods', '5', 'quota-fits'],
  ['LimitRange/containers', 'spec/limits/0/max/memory', '64Mi', 'limits-hold'],
  ['NetworkPolicy/default-deny', '', removed, 'default-deny'],
  ['NetworkPolicy/default-deny', 'spec/egress', [{}], 'default-deny'],
  ['NetworkPolicy/default-deny', 'spec/policyTypes', ['Ingress'], 'default-deny'],
  [policy, '', removed, 'own-network-policy'],
  [policy, 'spec/policyTypes', ['Ingress'], 'own-network-policy'],
  [
    'NetworkPolicy/postgres',
    'spec/podSelector/matchLabels/app.kubernetes.io~1name',
    'pg',
    'own-network-policy',
  ],
  [service, 'spec/type', 'NodePort', 'inner-services'],
  [service, 'spec/externalIPs', ['203.0.113.1'], 'inner-services'],
  [service, 'spec/selector/app.kubernetes.io~1name', 'other', 'inner-services'],
  [service, 'spec/ports/0/targetPort', 'metrics', 'inner-services'],
  ['PodDisruptionBudget/backend-api', '', removed, 'disruption-budget'],
  ['PodDisruptionBudget/postgres', 'spec/maxUnavailable', 0, 'disruption-budget'],
  ['PodDisruptionBudget/frontend', 'spec/unhealthyPodEvictionPolicy', removed, 'disruption-budget'],
];
