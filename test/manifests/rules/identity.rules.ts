import { nameOf } from '../../kubernetes/manifest.ts';
import { podField } from '../field.rule.ts';
import { at, listAt, podTemplates } from '../../kubernetes/pod.template.ts';
import { everyObject, everyPod, type Rule } from '../rule.ts';

const roleKinds = ['Role', 'ClusterRole'];
const takeover = ['escalate', 'bind', 'impersonate', '*'];
const neverResources =
  /^(?:\*|secrets|pods\/(?:exec|attach|portforward|proxy|ephemeralcontainers)|nodes\/proxy|serviceaccounts\/token|pods\/\*|\*\/\*)$/;
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Who a pod is for the API server, and what it may do there. */
export const identityRules: readonly Rule[] = [
  podField(
    {
      id: 'no-api-token',
      row: 13,
      title: 'No pod gets a token of the API server by itself',
      scanners: 'kubescape C-0034/0261, checkov CKV_K8S_38, Trivy KSV-0036, CIS 5.1.6',
    },
    'automountServiceAccountToken',
    false,
  ),
  everyObject(
    {
      id: 'account-without-token',
      row: 13,
      title: 'No account hands out its token',
      scanners: 'kubescape C-0261, CIS 5.1.6',
    },
    ['ServiceAccount'],
    (account) => [
      account['automountServiceAccountToken'] !== false && "automountServiceAccountToken isn't false",
    ],
  ),
  everyPod(
    {
      id: 'audience-bound-token',
      row: 13,
      title: 'A projected token is for one audience, and short',
      scanners: 'none',
    },
    ({ spec }) =>
      listAt(spec, 'volumes').flatMap((volume) =>
        listAt(volume, 'projected', 'sources').map(({ serviceAccountToken: token }) => {
          const seconds = Number(at(token, 'expirationSeconds'));
          return (
            token !== undefined &&
            !(seconds >= 600 && seconds <= 3600) &&
            `volume ${String(volume['name'])} has a token of more than an hour`
          );
        }),
      ),
  ),
  everyPod(
    {
      id: 'own-account',
      row: 14,
      title: 'Each workload has an account of its own',
      scanners: 'kube-linter default-service-account, CIS 5.1.5',
    },
    ({ spec, owner }, objects) => {
      const account = at(spec, 'serviceAccountName') as string | undefined;
      const others = podTemplates(objects).filter(
        (pod) => at(pod.spec, 'serviceAccountName') === account && pod.owner !== owner,
      );
      const exists = objects.some(
        ({ kind, metadata }) => kind === 'ServiceAccount' && metadata.name === account,
      );
      return [
        (account === undefined || account === 'default') && 'serviceAccountName is the default account',
        account !== undefined && !exists && `serviceAccountName ${account} isn't there`,
        others.length > 0 && `serviceAccountName is shared with ${others.map(({ name }) => name).join(', ')}`,
      ];
    },
  ),
  everyObject(
    {
      id: 'no-secret-reader',
      row: 14,
      title: 'No role reads Secrets, enters a pod or rises',
      scanners: 'kubescape C-0002/0015, checkov CKV_K8S_155-158, Trivy KSV-0041/0044/0050/0053',
    },
    roleKinds,
    (role) =>
      listAt(role, 'rules').flatMap((rule, index) => [
        ...strings(rule['resources']).map(
          (resource) => neverResources.test(resource) && `rules[${index}] reaches ${resource}`,
        ),
        ...strings(rule['verbs']).map((verb) => takeover.includes(verb) && `rules[${index}] allows ${verb}`),
      ]),
  ),
  everyObject(
    {
      id: 'known-bindings',
      row: 14,
      title: 'Roles are bound to named subjects, and no strong one at all',
      scanners: 'kubescape C-0035, checkov CKV_K8S_49, Trivy KSV-0111',
    },
    ['RoleBinding', 'ClusterRoleBinding'],
    (binding) => [
      ['cluster-admin', 'admin', 'edit'].includes(String(at(binding, 'roleRef', 'name'))) &&
        `binds ${String(at(binding, 'roleRef', 'name'))}`,
      ...listAt(binding, 'subjects').map(
        ({ name }) =>
          /^system:(?:anonymous|authenticated|unauthenticated|serviceaccounts)/.test(String(name)) &&
          `binds everybody: ${String(name)}`,
      ),
    ],
  ),
  everyObject(
    {
      id: 'quiet-accounts',
      row: 14,
      title: 'No account of a service may do anything at the API server',
      scanners: 'CIS 5.1.3',
    },
    ['ServiceAccount'],
    (account, objects) =>
      objects
        .filter(({ kind }) => kind === 'RoleBinding')
        .map(
          (binding) =>
            listAt(binding, 'subjects').some(
              ({ kind, name }) => kind === 'ServiceAccount' && name === account.metadata.name,
            ) && `has rights by ${nameOf(binding)}`,
        ),
  ),
];
