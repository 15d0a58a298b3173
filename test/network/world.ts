import { listAt } from '../kubernetes/field.path.ts';
import { inOrder } from '../kubernetes/component.order.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { containersOf, podsOf, type PodView } from '../kubernetes/pod.view.ts';
import type { Endpoint, NamedPort, Protocol, Target } from './endpoint.ts';
import { expectedCallers, openEgress } from './expected.callers.ts';
import { namedEnds } from './named.peers.ts';
import { collector, impostorOf, internet, outsideTargets, ownLabel, strangers } from './outside.peers.ts';

/** Everybody that a deployment has to do with, or must not. */
export interface World {
  readonly sources: readonly Endpoint[];
  readonly targets: readonly Target[];
  /** The policies that are deployed, and what is taken for granted of callers that somebody else deploys. */
  readonly policies: readonly Manifest[];
}

/** A port that is tried where a pod declares none. */
const somePort: readonly NamedPort[] = [{ name: 'any', port: 8080, protocol: 'TCP' }];

/** @param objects of one overlay, and of what is deployed beside it */
export function worldOf(objects: readonly Manifest[]): World {
  const labelsOf = (namespace: string): Record<string, string> => {
    const found = objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === namespace);
    return { ...found?.metadata.labels, ...ownLabel(namespace) };
  };
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  const pods = podsOf(inOrder(objects)).map((view) => ({
    endpoint: endpointOf(view, labelsOf),
    ports: portsOf(view),
  }));
  const present = [...pods.map(({ endpoint }) => endpoint), collector];
  const callers = expectedCallers(policies, present, labelsOf);
  // Without any label only the default of its namespace holds it.
  const unlabelled = objects
    .filter(({ kind }) => kind === 'Namespace')
    .map(({ metadata: { name: namespace } }) => ({
      name: `stranger in ${namespace}`,
      pod: { namespace, namespaceLabels: labelsOf(namespace), labels: {}, ports: [] },
    }));
  const impostors = [...present, ...callers].map((one) => impostorOf(one));
  const all = [...policies, ...callers.map((caller) => openEgress(caller))];
  const sources = [...present, ...callers, ...impostors, ...unlabelled, ...strangers, internet];
  const targets: Target[] = [
    ...pods.flatMap(({ endpoint, ports }) =>
      (ports.length > 0 ? ports : somePort).map(({ port, protocol }) => ({ endpoint, port, protocol })),
    ),
    ...unlabelled.map((endpoint): Target => ({ endpoint, port: 8080, protocol: 'TCP' })),
    ...outsideTargets,
  ];
  const named = namedEnds(all, sources, targets);
  return {
    policies: all,
    sources: [...sources, ...named.sources],
    targets: [...targets, ...named.targets],
  };
}

/** A pod in its node's network keeps its place in the table, but no policy holds it and no selector means it. */
function endpointOf(view: PodView, labelsOf: (namespace: string) => Record<string, string>): Endpoint {
  const { name = '', namespace = '' } = view.object.metadata ?? {};
  if (view.spec.hostNetwork === true) return { name: `${name} (in its node's network)` };
  const namespaceLabels = labelsOf(namespace);
  return { name, pod: { namespace, namespaceLabels, labels: view.labels, ports: portsOf(view) } };
}

const portsOf = (view: PodView): NamedPort[] =>
  containersOf(view).flatMap(({ container }) =>
    listAt(container, 'ports').map((port) => ({
      name: port['name'] as string,
      port: Number(port['containerPort']),
      protocol: (port['protocol'] ?? 'TCP') as Protocol,
    })),
  );
