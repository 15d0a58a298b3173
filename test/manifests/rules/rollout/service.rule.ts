import { inSameNamespace, objectsOf, titleOf, type AnyObject } from '../../../kubernetes/object.draft.ts';
import { podsSelected, type LabelSelector } from '../selected.pods.ts';
import { podsOf } from '../../../kubernetes/pod.view.ts';
import { mustBe, mustBeAbsent } from '../field.check.ts';
import { fault, type Rule, type Violation } from '../rule.contract.ts';
import { perKind } from '../rule.scope.ts';

export const staysInside: Rule = {
  id: 'internal-service',
  title: 'A Service is reached from within the cluster only',
  row: 32,
  scanners: {
    trivy: ['KSV-0108'],
    kubeLinter: ['exposed-services'],
    kubeScore: ['service-type'],
    kyverno: ['restrict-nodeport', 'restrict-service-external-ips'],
  },
  check: perKind('Service', (service) => [
    ...mustBe(service, '/spec/type', 'ClusterIP'),
    ...mustBeAbsent(service, '/spec/externalIPs'),
    ...mustBeAbsent(service, '/spec/externalName'),
  ]),
};

export const leadsToPort: Rule = {
  id: 'service-ports-exist',
  title: 'Every port of a Service leads to a named port of its pods',
  row: 32,
  scanners: { kubeLinter: ['invalid-target-ports'], kubeScore: ['service-targets-pod'] },
  check: perKind('Service', (service, manifests) => {
    const pods = podsSelected(podsOf(manifests), { matchLabels: service.spec?.selector });
    const names = pods
      .flatMap(({ spec }) => spec.containers ?? [])
      .flatMap(({ ports = [] }) => ports.map(({ name }) => name));
    const ports = service.spec?.ports ?? [];
    return [
      ...(ports.length > 0 ? [] : [fault('/spec/ports', 'are none', 'name one')]),
      ...ports.flatMap(({ targetPort, name, port }, index) =>
        typeof targetPort === 'string' &&
        names.includes(targetPort) &&
        name !== undefined &&
        port !== undefined
          ? []
          : [fault(`/spec/ports/${index}`, `leads to ${targetPort}`, 'name it, and a port of the pod')],
      ),
    ];
  }),
};

const selectors = (object: AnyObject): unknown => {
  const { selector } = (object as { spec?: { selector?: object } }).spec ?? {};
  return object.kind === 'Service' ? { matchLabels: selector } : selector;
};
const selecting = ['Service', 'PodDisruptionBudget', 'Deployment', 'StatefulSet'] as const;

export const selectsOneWorkload: Rule = {
  id: 'selectors-match-one',
  title: 'What selects pods selects those of one workload, the one that has its name, by name and instance',
  row: 32,
  scanners: {
    kubeLinter: ['dangling-service', 'mismatching-selector'],
    kubeScore: ['deployment-pod-selector-labels-match-template-metadata-labels', 'service-targets-pod'],
  },
  check: (manifests) =>
    selecting.flatMap((kind) =>
      (objectsOf(manifests, kind) as AnyObject[]).flatMap((object): Violation[] => {
        const selector = selectors(object) as LabelSelector | undefined;
        const selected = podsSelected(podsOf(manifests), selector).filter((pod) =>
          inSameNamespace(pod.object, object),
        );
        const isOwn = selected.length === 1 && selected[0]?.object.metadata?.name === object.metadata?.name;
        return isOwn && Object.keys(selector?.matchLabels ?? {}).length >= 2
          ? []
          : [
              {
                object: titleOf(object),
                path: '/spec/selector',
                problem: `selects ${selected.map(({ title }) => title).join(', ') || 'nothing'}`,
                cure: 'select its own workload by name and instance',
              },
            ];
      }),
    ),
};
