import { at, listAt, type Fields } from '../kubernetes/field.path.ts';
import { selects } from '../kubernetes/label.selector.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import type { Endpoint, Protocol, Target } from './endpoint.ts';
import { isPeer } from './policy.peers.ts';

/** One that stands for every port, where a rule names none. */
const anyPort: Fields = { port: 1, protocol: 'TCP' };

/**
 * What policies name and the world doesn't have yet: for each peer somebody who fits it, and each port of a rule. So whatever a
 * policy opens shows in a table, also to those whom nobody has thought of.
 */
export function namedEnds(
  policies: readonly Manifest[],
  sources: readonly Endpoint[],
  targets: readonly Target[],
): { sources: Endpoint[]; targets: Target[] } {
  const added: { sources: Endpoint[]; targets: Target[] } = { sources: [], targets: [] };
  for (const policy of policies) {
    const namespace = policy.metadata.namespace ?? '';
    for (const rule of listAt(policy['spec'], 'ingress')) {
      for (const peer of listAt(rule, 'from'))
        if (![...sources, ...added.sources].some((one) => isPeer(peer, one, namespace)))
          added.sources.push(example(peer, namespace));
      const own = sources.filter(
        ({ pod }) =>
          pod?.namespace === namespace && selects(at(policy['spec'], 'podSelector') ?? {}, pod.labels),
      );
      added.targets.push(
        ...own.flatMap((endpoint) => portsOf(rule, endpoint).map((port) => ({ endpoint, ...port }))),
      );
    }
    for (const rule of listAt(policy['spec'], 'egress'))
      for (const peer of listAt(rule, 'to')) {
        const known = [...targets, ...added.targets].find(({ endpoint }) =>
          isPeer(peer, endpoint, namespace),
        );
        const endpoint = known?.endpoint ?? example(peer, namespace);
        added.targets.push(...portsOf(rule, endpoint).map((port) => ({ endpoint, ...port })));
      }
  }
  const isNew = (target: Target, index: number): boolean =>
    ![...targets, ...added.targets.slice(0, index)].some((one) => isSame(one, target));
  return { sources: added.sources, targets: added.targets.filter((target, index) => isNew(target, index)) };
}

const isSame = (one: Target, other: Target): boolean =>
  one.endpoint.name === other.endpoint.name && one.port === other.port && one.protocol === other.protocol;

/** Both ends of a range; a name as the pod has it. */
function portsOf(rule: Fields, { pod }: Endpoint): { port: number; protocol: Protocol }[] {
  const ports = listAt(rule, 'ports');
  return (ports.length === 0 ? [anyPort] : ports).flatMap(
    ({ port = anyPort['port'], endPort, protocol = 'TCP' }) => {
      const named = pod?.ports.find(({ name }) => name === port)?.port;
      const numbers = [named ?? port, endPort].filter((number) => typeof number === 'number');
      return numbers.map((number) => ({ port: number, protocol: protocol as Protocol }));
    },
  );
}

/** Somebody whom a peer means. */
function example(peer: Fields, policyNamespace: string): Endpoint {
  const { ipBlock, podSelector, namespaceSelector } = peer;
  if (ipBlock !== undefined) {
    const cidr = String(at(ipBlock, 'cidr'));
    const [network = '', bits] = cidr.split('/');
    const address = bits === '32' ? network : network.replace(/\d+$/, (last) => String(Number(last) + 1));
    return { name: `addresses ${cidr}`, address };
  }
  const namespaceLabels = namespaceSelector === undefined ? {} : labelsFor(namespaceSelector);
  const namespace =
    namespaceSelector === undefined
      ? policyNamespace
      : (namespaceLabels['kubernetes.io/metadata.name'] ?? 'any');
  const labels = podSelector === undefined ? {} : labelsFor(podSelector);
  const name = `${titleOf(labels) || 'any pod'} in ${titleOf(namespaceLabels) || namespace}`;
  return { name, pod: { namespace, namespaceLabels, labels, ports: [] } };
}

/** A name where a label is one, otherwise the labels. */
const titleOf = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => (/(?:^|[/.])name$|^k8s-app$/.test(key) ? value : `${key}=${value}`))
    .join(' ');

/** The fewest labels that a selector selects. */
function labelsFor(selector: unknown): Record<string, string> {
  const expressions = listAt(selector, 'matchExpressions')
    .filter(({ operator }) => operator === 'In' || operator === 'Exists')
    .map(({ key, values }) => [String(key), (values as string[] | undefined)?.[0] ?? 'any']);
  return {
    ...(at(selector, 'matchLabels') as Record<string, string> | undefined),
    ...Object.fromEntries(expressions),
  };
}
