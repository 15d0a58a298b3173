import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from '../../kubernetes/manifest.ts';
import { at, listAt, type PodTemplate } from '../../kubernetes/pod.template.ts';
import { everyContainer, everyPod, type Rule } from '../rule.ts';
import { selects } from '../../kubernetes/label.selector.ts';

const probes = ['startupProbe', 'livenessProbe', 'readinessProbe'];
const replicated = new Set(['Deployment', 'StatefulSet']);
const autoscalersOf = ({ owner }: PodTemplate, objects: readonly Manifest[]): Manifest[] =>
  objects.filter(
    ({ kind, spec }) =>
      kind === 'HorizontalPodAutoscaler' && at(spec, 'scaleTargetRef', 'name') === owner.metadata.name,
  );

const ask = (probe: unknown): unknown[] =>
  ['httpGet', 'tcpSocket', 'exec', 'grpc'].map((kind) => at(probe, kind));

/** Whether pods come, stay and spread. */
export const availabilityRules: readonly Rule[] = [
  everyContainer(
    {
      id: 'three-probes',
      row: 23,
      title: 'What runs on is asked whether it has started, lives and is ready',
      scanners: 'checkov CKV_K8S_8/9, kube-score, Polaris',
    },
    ({ fields, isLongRunning }) =>
      isLongRunning ? probes.map((probe) => fields[probe] === undefined && `${probe} is missing`) : [],
  ),
  everyContainer(
    {
      id: 'different-probes',
      row: 23,
      title: 'Alive and ready are two questions',
      scanners: 'kube-score pod-probes-identical, Kyverno',
    },
    ({ fields: { livenessProbe, readinessProbe } }) => {
      return [
        livenessProbe !== undefined &&
          isDeepStrictEqual(ask(livenessProbe), ask(readinessProbe)) &&
          'livenessProbe is the readinessProbe',
      ];
    },
  ),
  everyPod(
    {
      id: 'disruption-budget',
      row: 25,
      title: 'A drain takes one pod at a time, and a sick one always',
      scanners: 'kube-score, Polaris, kube-linter pdb-*',
    },
    (pod, objects) => {
      if (!replicated.has(pod.owner.kind)) return [];
      const budgets = objects.filter(
        ({ kind, spec }) => kind === 'PodDisruptionBudget' && selects(at(spec, 'selector'), pod.labels),
      );
      return [
        budgets.length !== 1 && `${budgets.length} budgets select it`,
        ...budgets.flatMap(({ spec }) => [
          at(spec, 'maxUnavailable') !== 1 && "its budget's maxUnavailable isn't 1",
          at(spec, 'unhealthyPodEvictionPolicy') !== 'AlwaysAllow' &&
            "its budget's unhealthyPodEvictionPolicy isn't AlwaysAllow",
        ]),
      ];
    },
  ),
  everyPod(
    {
      id: 'two-replicas',
      row: 26,
      title: 'Two pods at least, counted in one place',
      scanners: 'kube-score, Polaris, kube-linter',
    },
    (pod, objects) => {
      if (pod.owner.kind !== 'Deployment') return [];
      const scalers = autoscalersOf(pod, objects);
      const replicas = at(pod.owner, 'spec', 'replicas');
      return [
        scalers.length === 0 && !(Number(replicas) >= 2) && "replicas isn't 2 or more",
        scalers.length > 0 && replicas !== undefined && 'replicas is set beside an autoscaler',
        ...scalers.map(
          ({ spec }) =>
            !(Number(at(spec, 'minReplicas')) >= 2) && "its autoscaler's minReplicas isn't 2 or more",
        ),
      ];
    },
  ),
  everyPod(
    {
      id: 'spread-out',
      row: 27,
      title: 'Pods keep away from each other, by node and by zone',
      scanners: 'kube-score, kube-linter no-anti-affinity, Polaris',
    },
    ({ owner, spec, labels }) => {
      if (!replicated.has(owner.kind)) return [];
      const term = ['podAffinityTerm', 'labelSelector'];
      const preferred = listAt(
        spec,
        'affinity',
        'podAntiAffinity',
        'preferredDuringSchedulingIgnoredDuringExecution',
      );
      return [
        !preferred.some(
          (one) =>
            at(one, 'podAffinityTerm', 'topologyKey') === 'kubernetes.io/hostname' &&
            selects(at(one, ...term), labels),
        ) && 'no anti-affinity by node to its like',
        !listAt(spec, 'topologySpreadConstraints').some(
          (one) =>
            at(one, 'topologyKey') === 'topology.kubernetes.io/zone' &&
            selects(at(one, 'labelSelector'), labels),
        ) && 'no spread over zones',
      ];
    },
  ),
  everyPod(
    {
      id: 'priority-class',
      row: 28,
      title: 'Pods say how much they matter',
      scanners: 'Polaris priorityClassNotSet, Kyverno',
    },
    ({ spec }) => [
      !/^secure-backend-(?:service|data)$/.test(String(at(spec, 'priorityClassName'))) &&
        'priorityClassName is none of k8s/cluster',
    ],
  ),
];
