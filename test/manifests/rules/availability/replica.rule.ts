import { inSameNamespace, objectsOf } from '../../../kubernetes/object.draft.ts';
import { podsOf } from '../../../kubernetes/pod.view.ts';
import { mustBe, mustHold } from '../field.check.ts';
import { autoscalerOf } from '../resources/load.estimate.ts';
import { fault, type Rule } from '../rule.contract.ts';
import { perKind, perPod } from '../rule.scope.ts';

const isReplicated = (kind: string | undefined): boolean =>
  ['Deployment', 'StatefulSet'].includes(kind ?? '');

export const hasReplicas: Rule = {
  id: 'two-replicas',
  title: 'Every Deployment has at least two replicas, by its autoscaler or by itself but never by both',
  row: 26,
  // Polaris wants the number beside an autoscaler, kube-score forbids it: whoever applies it would undo the scaling.
  scanners: {
    kubeLinter: ['hpa-minimum-three-replicas', 'minimum-three-replicas'],
    kubeScore: ['deployment-replicas', 'deployment-targeted-by-hpa-does-not-have-replicas-configured'],
    polaris: ['deploymentMissingReplicas', 'hpaMinAvailability'],
  },
  check: perPod((pod, manifests) => {
    const { kind } = pod.object;
    if (!isReplicated(kind)) return [];
    const least = kind === 'Deployment' ? 2 : 1;
    const scaler = autoscalerOf(manifests, pod);
    const faults =
      scaler === undefined
        ? mustHold(
            pod.object,
            '/spec/replicas',
            (found) => Number(found) >= least,
            `set it to ${least} or more`,
          )
        : mustHold(
            pod.object,
            '/spec/replicas',
            (found) => found === undefined,
            'leave it to the autoscaler',
          );
    // Pointers of a pod begin at its template.
    return faults.map((found) => ({ ...found, at: `/../replicas` }));
  }),
};

export const scalesWithinBounds: Rule = {
  id: 'autoscaler-bounds',
  title: 'An autoscaler has a target that is rendered with it, keeps two replicas and knows where to stop',
  row: 26,
  scanners: {
    kubeLinter: ['dangling-horizontalpodautoscaler'],
    kubeScore: ['horizontalpodautoscaler-has-target', 'horizontalpodautoscaler-replicas'],
    polaris: ['hpaMaxAvailability', 'hpaMinAvailability'],
  },
  check: perKind('HorizontalPodAutoscaler', (scaler, manifests) => {
    const { scaleTargetRef, minReplicas = 1, maxReplicas = 0, metrics = [] } = scaler.spec ?? {};
    const hasTarget = podsOf(manifests).some(
      ({ object }) =>
        scaleTargetRef?.apiVersion === 'apps/v1' &&
        object.kind === scaleTargetRef.kind &&
        object.metadata?.name === scaleTargetRef?.name &&
        inSameNamespace(object, scaler),
    );
    return [
      ...(hasTarget ? [] : [fault('/spec/scaleTargetRef', 'leads to nothing', 'name its Deployment')]),
      ...(minReplicas >= 2 ? [] : [fault('/spec/minReplicas', `is ${minReplicas}`, 'keep two')]),
      ...(maxReplicas > minReplicas ? [] : [fault('/spec/maxReplicas', 'leaves no room', 'raise it')]),
      ...(metrics.length > 0 &&
      metrics.every(({ resource }) => resource?.target?.averageUtilization !== undefined)
        ? []
        : [fault('/spec/metrics', 'say nothing to scale by', 'name a resource and its utilization')]),
    ];
  }),
};

export const survivesDrains: Rule = {
  id: 'disruption-budget',
  title: 'Every replicated workload has a budget by its own name, which never blocks the drain of a node',
  row: 25,
  scanners: {
    kubeLinter: ['pdb-max-unavailable', 'pdb-min-available', 'pdb-unhealthy-pod-eviction-policy'],
    kubeScore: [
      'deployment-has-poddisruptionbudget',
      'statefulset-has-poddisruptionbudget',
      'poddisruptionbudget-has-policy',
    ],
    polaris: [
      'missingPodDisruptionBudget',
      'pdbDisruptionsIsZero',
      'pdbMinAvailableGreaterThanHPAMinReplicas',
    ],
  },
  check: perPod(({ object }, manifests) => {
    if (!isReplicated(object.kind)) return [];
    const budget = objectsOf(manifests, 'PodDisruptionBudget').find(
      (found) => found.metadata?.name === object.metadata?.name && inSameNamespace(found, object),
    );
    return [
      ...mustBe(budget, '/spec/maxUnavailable', 1),
      // A pod that never becomes ready must not keep its node.
      ...mustBe(budget, '/spec/unhealthyPodEvictionPolicy', 'AlwaysAllow'),
      ...mustHold(budget, '/spec/minAvailable', (found) => found === undefined, 'leave it out'),
    ].map((found) => ({ ...found, at: '', problem: `its budget: ${found.at} ${found.problem}` }));
  }),
};
