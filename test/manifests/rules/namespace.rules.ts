import { at, listAt } from '../../kubernetes/pod.template.ts';
import { everyObject, everyPod, type Rule } from '../rule.ts';

/** Kinds that live outside every namespace. */
const clusterKinds = new Set([
  'Namespace',
  'ClusterRole',
  'ClusterRoleBinding',
  'PriorityClass',
  'StorageClass',
  'CustomResourceDefinition',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
]);
const modes = ['enforce', 'audit', 'warn'];
const kinds = ['cpu', 'memory', 'ephemeral-storage'];
const quotas = [
  'pods',
  ...['requests', 'limits'].flatMap((bound) => kinds.map((kind) => `${bound}.${kind}`)),
];
const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];
const label = (name: string): string => `app.kubernetes.io/${name}`;

/** The place where pods are, and how things in it are told apart. */
export const namespaceRules: readonly Rule[] = [
  everyObject(
    {
      id: 'explicit-namespace',
      row: 22,
      title: 'Every object says in which namespace it is, and not in the default one',
      scanners: 'checkov CKV_K8S_21, Trivy KSV-0110, CIS 5.7.4',
    },
    [],
    ({ kind, metadata }) => [
      !clusterKinds.has(kind) &&
        [undefined, '', 'default'].includes(metadata.namespace) &&
        'metadata.namespace is missing or default',
    ],
  ),
  everyObject(
    {
      id: 'standard-labels',
      row: 29,
      title: 'Every object has the standard labels, a workload under its own name',
      scanners: 'Polaris metadataAndInstanceMismatched, Kyverno require-labels',
    },
    [],
    ({ kind, metadata: { name, labels = {} } }) => [
      labels[label('name')] === undefined && `label ${label('name')} is missing`,
      labels[label('part-of')] === undefined && `label ${label('part-of')} is missing`,
      workloads.includes(kind) &&
        labels[label('instance')] !== name &&
        `label ${label('instance')} isn't ${name}`,
      workloads.includes(kind) &&
        labels[label('component')] === undefined &&
        `label ${label('component')} is missing`,
    ],
  ),
  everyPod(
    { id: 'labelled-pods', row: 29, title: 'Pods have the labels of their workload', scanners: 'kube-score' },
    ({ owner, labels }) =>
      ['name', 'instance', 'component', 'part-of'].map(
        (name) =>
          labels[label(name)] !== owner.metadata.labels?.[label(name)] &&
          `pod label ${label(name)} isn't that of its workload`,
      ),
  ),
  everyObject(
    {
      id: 'pod-security-labels',
      row: 31,
      title: 'The namespace enforces, audits and warns by the restricted profile of a pinned version',
      scanners: 'kubescape C-0192, CIS 5.2.1',
    },
    ['Namespace'],
    ({ metadata: { labels = {} } }) => [
      ...modes.flatMap((mode) => [
        labels[`pod-security.kubernetes.io/${mode}`] !== 'restricted' && `${mode} isn't restricted`,
        !/^v1\.\d+$/.test(labels[`pod-security.kubernetes.io/${mode}-version`] ?? '') &&
          `${mode}-version isn't pinned`,
      ]),
      labels['secure-backend/guarded'] !== 'true' && "label secure-backend/guarded isn't true",
    ],
  ),
  everyObject(
    {
      id: 'namespace-limits',
      row: 30,
      title: 'The namespace has a quota, and a limit for what says none',
      scanners: 'Trivy KSV-0039/0040',
    },
    ['Namespace'],
    ({ metadata: { name } }, objects) => {
      const own = (kind: string) =>
        objects.find((object) => object.kind === kind && object.metadata.namespace === name);
      const limits = listAt(own('LimitRange'), 'spec', 'limits').find(({ type }) => type === 'Container');
      return [
        ...quotas.map(
          (key) => at(own('ResourceQuota'), 'spec', 'hard', key) === undefined && `no quota for ${key}`,
        ),
        ...['services.nodeports', 'services.loadbalancers'].map(
          (key) => at(own('ResourceQuota'), 'spec', 'hard', key) !== '0' && `quota ${key} isn't 0`,
        ),
        ...['default', 'defaultRequest', 'min', 'max'].flatMap((bound) =>
          kinds.map(
            (kind) => at(limits, bound, kind) === undefined && `no ${bound} of ${kind} for containers`,
          ),
        ),
      ];
    },
  ),
];
