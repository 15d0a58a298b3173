import { at, listAt, type Fields } from '../kubernetes/field.path.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import type { Endpoint } from './endpoint.ts';
import { nameLabel, ownLabel } from './outside.peers.ts';
import { isPeer } from './policy.peers.ts';

/** Peers of ingress rules, each with the policy that names it. */
export const callersNamed = (policies: readonly Manifest[], isRule: (rule: Fields) => boolean = () => true) =>
  policies.flatMap((policy) =>
    listAt(policy['spec'], 'ingress')
      .filter((rule) => isRule(rule))
      .flatMap((rule) => listAt(rule, 'from'))
      .map((peer) => ({ peer, namespace: policy.metadata.namespace ?? '' })),
  );

/** Callers that policies name by their labels, where none of those who are there is meant: somebody else deploys them. */
export function expectedCallers(
  policies: readonly Manifest[],
  present: readonly Endpoint[],
  labelsOf: (namespace: string) => Readonly<Record<string, string>>,
): Endpoint[] {
  const missing = new Map<string, Endpoint>();
  for (const { peer, namespace: home } of callersNamed(policies)) {
    const labels = at(peer, 'podSelector', 'matchLabels') as Readonly<Record<string, string>> | undefined;
    const namespaceLabels = at(peer, 'namespaceSelector', 'matchLabels') as typeof labels;
    const namespace =
      peer['namespaceSelector'] === undefined ? home : namespaceLabels?.['kubernetes.io/metadata.name'];
    if (labels?.[nameLabel] === undefined || namespace === undefined) continue;
    if (present.some((endpoint) => isPeer(peer, endpoint, home))) continue;
    const name = `${labels[nameLabel]}${namespace === home ? '' : ` in ${namespace}`} (expected)`;
    const own = { ...labelsOf(namespace), ...namespaceLabels, ...ownLabel(namespace) };
    missing.set(name, { name, pod: { namespace, namespaceLabels: own, labels, ports: [] } });
  }
  return [...missing.values()];
}

/** What is taken for granted of a caller that somebody else deploys: it may go out. */
export const openEgress = ({ name, pod }: Endpoint): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: pod?.namespace ?? '' },
  spec: { podSelector: { matchLabels: pod?.labels ?? {} }, policyTypes: ['Egress'], egress: [{}] },
});
