import type { Manifest } from '../kubernetes/manifest.ts';
import { at, listAt } from '../kubernetes/field.path.ts';
import { containersOf, podsOf } from '../kubernetes/pod.view.ts';
import type { Endpoint, NamedPort, Protocol, Target } from './endpoint.ts';
import { namedEnds } from './named.peers.ts';

/** Everybody that a deployment has to do with, or must not. */
export interface World {
  readonly sources: readonly Endpoint[];
  readonly targets: readonly Target[];
  /** The policies that are deployed, and what is taken for granted of callers that somebody else deploys: they may go out. */
  readonly policies: readonly Manifest[];
}

const nameLabel = 'app.kubernetes.io/name';
const labelsOf = (namespace: string) => ({ 'kubernetes.io/metadata.name': namespace });
const foreign = (name: string, namespace: string, labels: Record<string, string>): Endpoint => ({
  name,
  pod: { namespace, namespaceLabels: labelsOf(namespace), labels, ports: [] },
});

const dns = foreign('DNS', 'kube-system', { 'k8s-app': 'kube-dns' });
const internet: Endpoint = { name: 'internet', address: '203.0.113.7' };
const metadata: Endpoint = { name: 'metadata address', address: '169.254.169.254' };
/** At the address of a node of kind; the Service's own is never seen by a policy. */
const apiServer: Endpoint = { name: 'API server', address: '172.18.0.2' };
const database = foreign('postgres in databases', 'databases', { [nameLabel]: 'postgres' });

/** @param objects of one overlay, and of what is deployed beside it */
export function worldOf(objects: readonly Manifest[]): World {
  const pods = podsOf(objects).map((pod) => {
    const { name = '', namespace = '' } = pod.object.metadata ?? {};
    const ports = containersOf(pod).flatMap(({ container }) =>
      listAt(container, 'ports').map((port) => portOf(port)),
    );
    const { labels } = pod;
    return {
      name,
      pod: { namespace, namespaceLabels: namespaceLabels(objects, namespace), labels, ports },
    } satisfies Endpoint;
  });
  const homes = objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata: { name } }) => name);
  const inside = (name: string, namespace: string, labels: Record<string, string>): Endpoint => ({
    name,
    pod: { namespace, namespaceLabels: namespaceLabels(objects, namespace), labels, ports: [] },
  });
  const [home = ''] = homes;
  const callers = expectedCallers(objects, pods);
  const strangers = [
    ...callers.map((caller) => inside(`${caller} (expected)`, home, { [nameLabel]: caller })),
    ...homes.map((namespace) => inside(`stranger in ${namespace}`, namespace, {})),
    foreign('stranger elsewhere', 'elsewhere', {}),
    // The right label in the wrong namespace.
    foreign('frontend elsewhere', 'elsewhere', { [nameLabel]: 'frontend' }),
    foreign('prometheus', 'monitoring', { [nameLabel]: 'prometheus' }),
  ];
  const policies = [
    ...objects.filter(({ kind }) => kind === 'NetworkPolicy'),
    ...callers.map((caller) => openEgress(caller, home)),
  ];
  const sources = [...pods, ...strangers, internet];
  const targets: Target[] = [
    ...pods.flatMap((endpoint) =>
      endpoint.pod.ports.map(({ port, protocol }) => ({ endpoint, port, protocol })),
    ),
    { endpoint: database, port: 5432, protocol: 'TCP' },
    { endpoint: dns, port: 53, protocol: 'UDP' },
    { endpoint: dns, port: 53, protocol: 'TCP' },
    { endpoint: internet, port: 443, protocol: 'TCP' },
    { endpoint: metadata, port: 80, protocol: 'TCP' },
    { endpoint: apiServer, port: 6443, protocol: 'TCP' },
  ];
  const named = namedEnds(policies, sources, targets);
  return { policies, sources: [...sources, ...named.sources], targets: [...targets, ...named.targets] };
}

const portOf = (port: Readonly<Record<string, unknown>>): NamedPort => ({
  name: port['name'] as string,
  port: Number(port['containerPort']),
  protocol: (port['protocol'] ?? 'TCP') as Protocol,
});

function namespaceLabels(objects: readonly Manifest[], namespace: string): Record<string, string> {
  const found = objects.find(({ kind, metadata: { name } }) => kind === 'Namespace' && name === namespace);
  return { ...found?.metadata.labels, ...labelsOf(namespace) };
}

/** Callers that policies name, where somebody else deploys them into the namespace. */
function expectedCallers(objects: readonly Manifest[], pods: readonly Endpoint[]): string[] {
  const named = objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap(({ spec }) => listAt(spec, 'ingress'))
    .flatMap((rule) => listAt(rule, 'from'))
    .filter((peer) => peer['namespaceSelector'] === undefined)
    .map((peer) => at(peer, 'podSelector', 'matchLabels', nameLabel) as string | undefined)
    .filter((name) => name !== undefined);
  return [...new Set(named)].filter((name) => !pods.some((pod) => pod.name === name));
}

const openEgress = (caller: string, namespace: string): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: `${caller} (expected)`, namespace },
  spec: { podSelector: { matchLabels: { [nameLabel]: caller } }, policyTypes: ['Egress'], egress: [{}] },
});
