import type { IPolicyRule } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { Draft } from '../../../kubernetes/object.draft.ts';
import { fault, type Fault, type Rule } from '../rule.contract.ts';
import { both, perKind } from '../rule.scope.ts';

type Grant = Draft<IPolicyRule>;

const grants = (check: (grant: Grant) => string | undefined, cure: string): Rule['check'] => {
  const checkRole = ({ rules = [] }: { readonly rules?: readonly Grant[] }): Fault[] =>
    rules.flatMap((grant, index) => {
      const problem = check(grant);
      return problem === undefined ? [] : [fault(`/rules/${index}`, problem, cure)];
    });
  return both(perKind('Role', checkRole), perKind('ClusterRole', checkRole));
};

const writes = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const has = (
  values: readonly (string | undefined)[] | undefined,
  wanted: readonly string[],
): string | undefined => wanted.find((value) => values?.includes(value));

export const grantsNoWildcard: Rule = {
  id: 'role-no-wildcard',
  title: 'A role names its groups, resources and verbs',
  row: 14,
  scanners: {
    checkov: ['CKV_K8S_49'],
    trivy: ['KSV-0044', 'KSV-0045', 'KSV-0046'],
    kubescape: ['C-0187'],
    kubeLinter: ['wildcard-in-rules'],
  },
  check: grants(({ apiGroups, resources, verbs, nonResourceURLs }) => {
    const all = [apiGroups, resources, verbs];
    if (nonResourceURLs !== undefined) return 'names paths instead of resources';
    if (all.some((values) => values === undefined || values.length === 0)) return 'leaves a list empty';
    return all.flat().some((value) => value?.includes('*')) ? 'has a wildcard' : undefined;
  }, 'name what is meant'),
};

export const grantsNoSecrets: Rule = {
  id: 'role-no-secrets',
  title: 'No role allows anything with Secrets',
  row: 14,
  scanners: {
    trivy: ['KSV-0041', 'KSV-0113'],
    kubescape: ['C-0015', 'C-0186'],
    kubeLinter: ['access-to-secrets'],
  },
  check: grants(
    ({ resources }) => (has(resources, ['secrets', '*']) === undefined ? undefined : 'reaches Secrets'),
    'leave them out; pods mount what they need',
  ),
};

/** Ways into a pod or around the admission of one. */
const ways = [
  'pods/exec',
  'pods/attach',
  'pods/portforward',
  'pods/proxy',
  'pods/ephemeralcontainers',
  'services/proxy',
  'nodes',
  'nodes/proxy',
];

export const grantsNoWayIn: Rule = {
  id: 'role-no-way-in',
  title: 'No role opens a way into a pod or a node',
  row: 14,
  scanners: {
    checkov: ['CKV2_K8S_4'],
    trivy: ['KSV-0047', 'KSV-0053'],
    kubescape: ['C-0002', 'C-0278'],
    polaris: ['rolePodExecAttach', 'clusterrolePodExecAttach'],
  },
  check: grants(({ resources, verbs }) => {
    if (has(resources, ['*']) !== undefined) return 'allows everything';
    // A bare pod is under no Deployment's review.
    const isBarePod = resources?.includes('pods') && has(verbs, ['create', 'update', 'patch', '*']);
    const way = has(resources, ways) ?? (isBarePod ? 'pods' : undefined);
    return way === undefined ? undefined : `allows ${way}`;
  }, 'leave it out'),
};

export const grantsNoMoreRights: Rule = {
  id: 'role-no-escalation',
  title: 'No role can give itself more rights, be somebody else or open the guard of a namespace',
  row: 14,
  scanners: {
    checkov: ['CKV_K8S_155', 'CKV_K8S_156', 'CKV_K8S_157', 'CKV_K8S_158', 'CKV2_K8S_5'],
    trivy: ['KSV-0043', 'KSV-0050', 'KSV-0114'],
    kubescape: ['C-0191', 'C-0279', 'C-0282'],
  },
  check: grants(({ resources, verbs }) => {
    const verb = has(verbs, ['*', 'escalate', 'bind', 'impersonate', 'approve', 'sign', 'deletecollection']);
    if (verb !== undefined) return `allows the verb ${verb}`;
    const guarded = has(resources, ['*', ...guards]);
    return guarded !== undefined && has(verbs, writes) !== undefined
      ? `allows to change ${guarded}`
      : undefined;
  }, 'leave it to the administrator'),
};

const guards = [
  'roles',
  'rolebindings',
  'clusterroles',
  'clusterrolebindings',
  'networkpolicies',
  'namespaces',
  'serviceaccounts',
  'serviceaccounts/token',
  'resourcequotas',
  'limitranges',
  'configmaps',
  'services',
  'endpoints',
  'endpointslices',
  'certificatesigningrequests',
  'mutatingwebhookconfigurations',
  'validatingwebhookconfigurations',
  'validatingadmissionpolicies',
  'persistentvolumes',
];
