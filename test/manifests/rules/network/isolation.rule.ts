import { isDeepStrictEqual } from 'node:util';
import { inSameNamespace, objectsOf } from '../../../kubernetes/object.draft.ts';
import { isEmptySelector, podsSelected } from '../selected.pods.ts';
import { podsOf } from '../../../kubernetes/pod.view.ts';
import { mustBe } from '../field.check.ts';
import { fault, type Rule } from '../rule.contract.ts';
import { both, perKind, perPod } from '../rule.scope.ts';

const directions = ['Ingress', 'Egress'];

export const deniesByDefault: Rule = {
  id: 'default-deny',
  title: 'Every namespace refuses all traffic in both directions that nothing allows',
  row: 24,
  scanners: { trivy: ['KSV-0038'], kubescape: ['C-0054', 'C-0260'], kyverno: ['add-networkpolicy'] },
  check: perKind('Namespace', ({ metadata }, manifests) =>
    objectsOf(manifests, 'NetworkPolicy').some(
      ({ metadata: { namespace } = {}, spec }) =>
        namespace === metadata?.name && isDeepStrictEqual(spec, { podSelector: {}, policyTypes: directions }),
    )
      ? []
      : [fault('', 'has no policy that refuses everything', 'add one for all pods, without rules')],
  ),
};

export const isolatesEveryPod: Rule = {
  id: 'policy-per-pod',
  title: 'Every pod has one NetworkPolicy of its own, by its own name, in both directions',
  row: 24,
  // Polaris also wants a rule in each direction; a pod that nobody calls is safer without one.
  scanners: {
    checkov: ['CKV2_K8S_6'],
    kubescape: ['C-0030'],
    kubeLinter: ['non-isolated-pod', 'dangling-networkpolicy'],
    kubeScore: ['networkpolicy-targets-pod', 'pod-networkpolicy'],
    polaris: ['missingNetworkPolicy'],
    kyverno: ['require-netpol'],
  },
  check: both(
    perPod((pod, manifests) => {
      const own = objectsOf(manifests, 'NetworkPolicy').filter(
        (policy) =>
          inSameNamespace(policy, pod.object) && podsSelected([pod], policy.spec?.podSelector).length === 1,
      );
      return own.length === 1 && own[0]?.metadata?.name === pod.object.metadata?.name
        ? []
        : [fault('/metadata/labels', `are selected by ${own.length} policies`, 'give it one by its name')];
    }),
    perKind('NetworkPolicy', (policy, manifests) => {
      const pods = podsOf(manifests).filter(({ object }) => inSameNamespace(object, policy));
      const isForAll = policy.spec?.podSelector !== undefined && isEmptySelector(policy.spec.podSelector);
      return [
        ...mustBe(policy, '/spec/policyTypes', directions),
        ...(isForAll || podsSelected(pods, policy.spec?.podSelector).length > 0
          ? []
          : [fault('/spec/podSelector', 'selects no pod', 'select its workload')]),
      ];
    }),
  ),
};
