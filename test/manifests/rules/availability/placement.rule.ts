import { podsSelected, type LabelSelector } from '../selected.pods.ts';
import { podsOf, type PodView } from '../../../kubernetes/pod.view.ts';
import { mustHold } from '../field.check.ts';
import { fault, type Rule } from '../rule.contract.ts';
import { perPod } from '../rule.scope.ts';

const lasts = ({ object }: PodView): boolean => ['Deployment', 'StatefulSet'].includes(object.kind ?? '');

const isItself = (pod: PodView, pods: readonly PodView[], selector: LabelSelector | undefined): boolean => {
  const selected = podsSelected(pods, selector);
  return selected.length === 1 && selected[0]?.title === pod.title;
};

export const avoidsItsNode: Rule = {
  id: 'spread-over-nodes',
  title: 'Replicas avoid the node where another one is',
  row: 27,
  // Preferred, not required: one machine has to be enough for a demo.
  scanners: {
    kubeLinter: ['no-anti-affinity'],
    kubeScore: ['deployment-has-host-podantiaffinity', 'statefulset-has-host-podantiaffinity'],
  },
  check: perPod((pod, manifests) => {
    const terms = pod.spec.affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    const pods = podsOf(manifests);
    return !lasts(pod) ||
      terms.some(
        ({ weight, podAffinityTerm }) =>
          weight === 100 &&
          podAffinityTerm?.topologyKey === 'kubernetes.io/hostname' &&
          isItself(pod, pods, podAffinityTerm.labelSelector),
      )
      ? []
      : [fault('/spec/affinity', "doesn't avoid its own kind", 'prefer another kubernetes.io/hostname')];
  }),
};

export const spreadsOverZones: Rule = {
  id: 'spread-over-zones',
  title: 'Replicas spread over zones where there are some',
  row: 27,
  scanners: {
    kubeScore: ['pod-topology-spread-constraints'],
    polaris: ['topologySpreadConstraint'],
    kyverno: ['spread-pods-across-topology'],
  },
  check: perPod((pod, manifests) => {
    const pods = podsOf(manifests);
    return !lasts(pod) ||
      (pod.spec.topologySpreadConstraints ?? []).some(
        ({ topologyKey, maxSkew, whenUnsatisfiable, labelSelector }) =>
          topologyKey === 'topology.kubernetes.io/zone' &&
          maxSkew === 1 &&
          whenUnsatisfiable === 'ScheduleAnyway' &&
          isItself(pod, pods, labelSelector),
      )
      ? []
      : [
          fault(
            '/spec/topologySpreadConstraints',
            "don't spread it",
            'spread over topology.kubernetes.io/zone',
          ),
        ];
  }),
};

/** Made by `k8s/cluster`; services wait for what they store their data in, not the other way round. */
export const priorityClasses = { Deployment: 'secure-backend-service', StatefulSet: 'secure-backend-data' };

export const hasPriority: Rule = {
  id: 'priority-class',
  title: 'Every pod has the priority class of its kind',
  row: 28,
  scanners: {
    kubeLinter: ['priority-class-name'],
    polaris: ['priorityClassNotSet'],
    kyverno: ['require-pod-priorityclassname'],
  },
  check: perPod((pod) => {
    const wanted =
      pod.object.kind === 'StatefulSet' ? priorityClasses.StatefulSet : priorityClasses.Deployment;
    return mustHold(pod, '/spec/priorityClassName', (found) => found === wanted, `set it to ${wanted}`);
  }),
};
