import {
  all,
  caller,
  database,
  drop,
  inContainer,
  inPod,
  mutation,
  service,
  set,
  type Mutation,
} from './mutation.contract.ts';

/** What can be wrong with where pods are and how they begin and end. */
export const placementMutations: readonly Mutation[] = [
  mutation('no priority', service, drop(inPod('/priorityClassName')), 'priority-class'),
  mutation(
    'a priority of the cluster',
    caller,
    set(inPod('/priorityClassName'), 'system-node-critical'),
    'priority-class',
  ),
  mutation('replicas on one node', service, drop(inPod('/affinity')), 'spread-over-nodes'),
  mutation(
    'replicas that avoid others',
    service,
    set(
      inPod(
        '/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/0/podAffinityTerm/labelSelector/matchLabels',
      ),
      { 'app.kubernetes.io/name': 'nobody' },
    ),
    'spread-over-nodes',
  ),
  mutation('replicas in one zone', service, drop(inPod('/topologySpreadConstraints')), 'spread-over-zones'),
  mutation(
    'spread over nodes for zones',
    caller,
    set(inPod('/topologySpreadConstraints/0/topologyKey'), 'kubernetes.io/hostname'),
    'spread-over-zones',
  ),
  mutation('a service that stops at once', service, drop(inContainer('/lifecycle')), 'grace-period'),
  mutation(
    'a service that is killed in its drain',
    service,
    set(inPod('/terminationGracePeriodSeconds'), 30),
    'grace-period',
  ),
  mutation(
    'a longer drain than the pod is given',
    service,
    set(inContainer('/env/-'), { name: 'SHUTDOWN_TIMEOUT_MS', value: '60000' }),
    'grace-period',
  ),
  mutation(
    'a probe that runs nothing',
    database,
    all(set(inContainer('/readinessProbe/exec/command'), [])),
    'three-probes',
  ),
];
