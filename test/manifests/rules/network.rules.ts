import { selects } from '../../kubernetes/label.selector.ts';
import { at, listAt, podTemplates } from '../../kubernetes/pod.template.ts';
import { everyObject, everyPod, type Rule } from '../rule.ts';

/** That no pod is without a policy, and nothing is reached from outside. */
export const networkRules: readonly Rule[] = [
  everyObject(
    {
      id: 'default-deny',
      row: 24,
      title: 'The namespace lets nothing in or out by default',
      scanners: 'kubescape C-0054/0260, checkov CKV2_K8S_6',
    },
    ['Namespace'],
    ({ metadata: { name } }, objects) => [
      !objects.some(
        ({ kind, metadata, spec }) =>
          kind === 'NetworkPolicy' &&
          metadata.namespace === name &&
          JSON.stringify(at(spec, 'podSelector')) === '{}' &&
          ['Ingress', 'Egress'].every((type) =>
            (listAt(spec, 'policyTypes') as readonly unknown[]).includes(type),
          ) &&
          listAt(spec, 'ingress').length + listAt(spec, 'egress').length === 0,
      ) && 'has no policy that denies all',
    ],
  ),
  everyPod(
    {
      id: 'own-network-policy',
      row: 24,
      title: 'Each pod has one policy of its own, for both directions',
      scanners: 'kubescape C-0260, Polaris missingNetworkPolicy, kube-score',
    },
    ({ owner, labels }, objects) => {
      const own = objects.filter(
        ({ kind, metadata, spec }) =>
          kind === 'NetworkPolicy' &&
          metadata.namespace === owner.metadata.namespace &&
          Object.keys(at(spec, 'podSelector', 'matchLabels') ?? {}).length > 0 &&
          selects(at(spec, 'podSelector'), labels),
      );
      const types = own.flatMap(({ spec }) => listAt(spec, 'policyTypes') as readonly unknown[]);
      return [
        own.length !== 1 && `${own.length} policies select it`,
        ...['Ingress', 'Egress'].map((type) => !types.includes(type) && `no policy of its own for ${type}`),
      ];
    },
  ),
  everyObject(
    {
      id: 'inner-services',
      row: 32,
      title: "A Service is reached inside the cluster only, at one workload's port",
      scanners: 'Trivy KSV-0108, kube-linter exposed-services, dangling-service, kube-score',
    },
    ['Service'],
    ({ spec, metadata }, objects) => {
      const pods = podTemplates(objects).filter(
        (pod) =>
          pod.owner.metadata.namespace === metadata.namespace &&
          selects({ matchLabels: at(spec, 'selector') }, pod.labels),
      );
      const names = pods
        .flatMap(({ containers }) => containers)
        .flatMap(({ fields }) => listAt(fields, 'ports'))
        .map(({ name }) => name);
      return [
        at(spec, 'type') !== 'ClusterIP' && "type isn't ClusterIP",
        at(spec, 'externalIPs') !== undefined && 'externalIPs is set',
        pods.length !== 1 && `selects the pods of ${pods.length} workloads`,
        ...listAt(spec, 'ports').map(
          ({ targetPort }) =>
            !names.includes(targetPort) && `targetPort ${String(targetPort)} is no named port of its pods`,
        ),
      ];
    },
  ),
];
