import { isDeepStrictEqual } from 'node:util';
import { objectsOf } from '../../../kubernetes/object.draft.ts';
import { podsSelected } from '../selected.pods.ts';
import { componentOf, podsOf } from '../../../kubernetes/pod.view.ts';
import { fault, type Rule } from '../rule.contract.ts';
import { perKind, perPod } from '../rule.scope.ts';

const dns = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};

/** By key, so that the order of fields doesn't matter. */
const isDns = (flow: unknown): boolean => isDeepStrictEqual(structuredClone(flow), dns);

export const resolvesNames: Rule = {
  id: 'dns-over-both-protocols',
  title: 'Whoever calls others resolves names over UDP and TCP, at the DNS of the cluster only',
  row: 24,
  scanners: {},
  check: perKind('NetworkPolicy', ({ spec }) => {
    const egress = spec?.egress ?? [];
    return egress.length === 0 || egress.some(isDns)
      ? []
      : [fault('/spec/egress', 'have no way to DNS', 'allow port 53 of kube-dns, UDP and TCP')];
  }),
};

export const isWatched: Rule = {
  id: 'metrics-reachable',
  title:
    'The collector in the namespace monitoring reaches the management port of every service, and nobody else does',
  row: 24,
  scanners: {},
  check: perPod((pod, manifests) => {
    const port = pod.spec.containers
      ?.flatMap(({ ports = [] }) => ports)
      .find(({ name }) => name === 'management')?.containerPort;
    const flows = objectsOf(manifests, 'NetworkPolicy')
      .filter(({ spec }) => podsSelected([pod], spec?.podSelector).length === 1)
      .flatMap(({ spec }) => spec?.ingress ?? [])
      .filter(({ ports = [] }) => ports.some((open) => open.port === port || open.port === 'management'));
    const isCollector = flows.every(({ from = [] }) =>
      isDeepStrictEqual(from, [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
          podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
        },
      ]),
    );
    const isNeeded = componentOf(pod) === 'api';
    if (port === undefined) {
      return isNeeded ? [fault('/spec/containers/0/ports', 'lack management', 'name the port')] : [];
    }
    return isCollector && (flows.length === 1 || !isNeeded)
      ? []
      : [fault('/metadata/labels', 'let no or other pods to the management port', 'allow prometheus, alone')];
  }),
};

const managementPort = 9464;

export const servesItsPort: Rule = {
  id: 'callers-named',
  title: 'Where somebody may call the pods of a Service, each of its ports is open by their NetworkPolicy',
  row: 24,
  scanners: {},
  check: perKind('Service', ({ spec }, manifests) => {
    const pods = podsSelected(podsOf(manifests), { matchLabels: spec?.selector });
    const flows = objectsOf(manifests, 'NetworkPolicy')
      .filter((policy) => podsSelected(pods, policy.spec?.podSelector).length > 0)
      .flatMap((policy) => policy.spec?.ingress ?? [])
      .map(({ ports = [] }) => ports.map(({ port }) => port));
    // The collector is no caller.
    const isCalled = flows.some(
      (ports) => ports.length === 0 || ports.some((port) => port !== managementPort),
    );
    return (spec?.ports ?? []).flatMap(({ port }, index) =>
      !isCalled || port === undefined || flows.flat().includes(port)
        ? []
        : [fault(`/spec/ports/${index}`, `${port} is closed to everybody`, 'allow its callers')],
    );
  }),
};
