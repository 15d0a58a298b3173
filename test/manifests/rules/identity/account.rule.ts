import { inSameNamespace, objectsOf } from '../../../kubernetes/object.draft.ts';
import { podsOf } from '../../../kubernetes/pod.view.ts';
import { mustBe, mustHold } from '../field.check.ts';
import { fault, type Rule } from '../rule.contract.ts';
import { both, perKind, perPod } from '../rule.scope.ts';

export const hasOwnAccount: Rule = {
  id: 'own-service-account',
  title: 'Every workload has a ServiceAccount of its own, by its own name',
  row: 14,
  scanners: {
    kubescape: ['C-0053'],
    checkov: ['CKV_K8S_41'],
    kubeLinter: [
      'default-service-account',
      'non-existent-service-account',
      'deprecated-service-account-field',
    ],
  },
  check: perPod((pod, manifests) => {
    const name = pod.object.metadata?.name;
    const accounts = objectsOf(manifests, 'ServiceAccount').filter((account) =>
      inSameNamespace(account, pod.object),
    );
    return [
      ...mustBe(pod, '/spec/serviceAccountName', name),
      ...(accounts.some(({ metadata }) => metadata?.name === name)
        ? []
        : [fault('/spec/serviceAccountName', `there is no ServiceAccount ${name}`, 'add one')]),
    ];
  }),
};

export const accountsAreUsed: Rule = {
  id: 'no-unused-account',
  title: 'Every ServiceAccount belongs to a workload',
  row: 14,
  scanners: {},
  check: perKind('ServiceAccount', (account, manifests) =>
    podsOf(manifests).some(({ spec }) => spec.serviceAccountName === account.metadata?.name)
      ? []
      : [fault('/metadata/name', 'no pod runs as it', 'drop it')],
  ),
};

export const mountsNoToken: Rule = {
  id: 'no-token-mount',
  title: 'Neither an account nor a pod mounts a token of the API server by itself',
  row: 13,
  scanners: {
    checkov: ['CKV_K8S_38'],
    trivy: ['KSV-0036'],
    kubescape: ['C-0034', 'C-0261'],
    polaris: ['automountServiceAccountToken'],
  },
  check: both(
    perKind('ServiceAccount', (account) => mustBe(account, '/automountServiceAccountToken', false)),
    perPod((pod) => mustBe(pod, '/spec/automountServiceAccountToken', false)),
  ),
};

/** The API server gives none shorter. */
const shortestToken = 600;
const longestToken = 3600;

export const bindsTokens: Rule = {
  id: 'token-audience',
  title:
    'A projected token is short-lived and good for one audience; one for the API server needs an account with rights',
  row: 13,
  scanners: { kubescape: ['C-0034'] },
  check: perPod((pod, manifests) => {
    const hasRights = objectsOf(manifests, 'ClusterRoleBinding').some(({ subjects = [] }) =>
      subjects.some(
        ({ kind, name, namespace }) =>
          kind === 'ServiceAccount' &&
          name === pod.spec.serviceAccountName &&
          namespace === pod.object.metadata?.namespace,
      ),
    );
    return (pod.spec.volumes ?? []).flatMap(({ projected }, volume) =>
      (projected?.sources ?? []).flatMap(({ serviceAccountToken: token }, source) => {
        if (token === undefined) return [];
        const faults = [
          ...(hasRights
            ? []
            : mustHold(
                token,
                '/audience',
                (found) => typeof found === 'string' && found !== '',
                'name who reads it',
              )),
          ...mustHold(
            token,
            '/expirationSeconds',
            (seconds) => typeof seconds === 'number' && seconds >= shortestToken && seconds <= longestToken,
            `set it to ${shortestToken} to ${longestToken}`,
          ),
        ];
        const at = `/spec/volumes/${volume}/projected/sources/${source}/serviceAccountToken`;
        return faults.map((found) => ({ ...found, at: at + found.at }));
      }),
    );
  }),
};
