import type { INetworkPolicyPeer, INetworkPolicyPort } from 'kubernetes-models/networking.k8s.io/v1';
import { selects } from '../../../kubernetes/label.selector.ts';
import { inSameNamespace, objectsOf, type AnyObject, type Draft } from '../../../kubernetes/object.draft.ts';
import { isEmptySelector, podsSelected } from '../selected.pods.ts';
import { podsOf, type PodView } from '../../../kubernetes/pod.view.ts';
import { fault, type Fault, type Rule } from '../rule.contract.ts';
import { perKind } from '../rule.scope.ts';

interface Flow {
  readonly at: string;
  readonly direction: 'ingress' | 'egress';
  readonly peers: readonly Draft<INetworkPolicyPeer>[];
  readonly ports: readonly Draft<INetworkPolicyPort>[];
}

type Policy = ReturnType<typeof objectsOf<'NetworkPolicy'>>[number];

const flowsOf = ({ spec }: Policy): Flow[] => [
  ...(spec?.ingress ?? []).map(({ from = [], ports = [] }, index) => ({
    at: `/spec/ingress/${index}`,
    direction: 'ingress' as const,
    peers: from,
    ports,
  })),
  ...(spec?.egress ?? []).map(({ to = [], ports = [] }, index) => ({
    at: `/spec/egress/${index}`,
    direction: 'egress' as const,
    peers: to,
    ports,
  })),
];

const perFlow = (check: (flow: Flow, policy: Policy, pods: readonly PodView[]) => Fault[]): Rule['check'] =>
  perKind('NetworkPolicy', (policy, manifests) =>
    flowsOf(policy).flatMap((flow) => check(flow, policy, podsOf(manifests))),
  );

const isPeerNamed = ({ podSelector, namespaceSelector, ipBlock }: Draft<INetworkPolicyPeer>): boolean =>
  (ipBlock !== undefined && podSelector === undefined && namespaceSelector === undefined) ||
  (!isEmptySelector(podSelector) && (namespaceSelector === undefined || !isEmptySelector(namespaceSelector)));

export const namesPeers: Rule = {
  id: 'policy-peers-named',
  title: 'Every flow names the pods at its other end, and their namespace if it is another',
  row: 24,
  scanners: { kubeLinter: ['dangling-networkpolicypeer-podselector'] },
  check: perFlow(({ at, peers }) =>
    peers.length > 0 && peers.every(isPeerNamed)
      ? []
      : [fault(at, 'is open to more than named pods', 'select pods by their labels')],
  ),
};

export const namesPorts: Rule = {
  id: 'policy-ports-named',
  title: 'Every flow names its ports with their protocols, no ranges',
  row: 24,
  scanners: {},
  check: perFlow(({ at, ports }) =>
    ports.length > 0 &&
    ports.every(({ port, protocol, endPort }) => Boolean(port) && Boolean(protocol) && endPort === undefined)
      ? []
      : [fault(`${at}/ports`, 'leave a port or protocol open', 'name each port')],
  ),
};

/** Pods that a peer means among those that are rendered. */
const podsOfPeer = (peer: Draft<INetworkPolicyPeer>, policy: Policy, pods: readonly PodView[]): PodView[] =>
  podsSelected(pods, peer.podSelector).filter(({ object }) =>
    peer.namespaceSelector === undefined
      ? inSameNamespace(object, policy as AnyObject)
      : selects(peer.namespaceSelector, {
          'kubernetes.io/metadata.name': object.metadata?.namespace ?? '',
          'secure-backend/guarded': 'true',
        }),
  );

export const leadsToPorts: Rule = {
  id: 'policy-ports-exist',
  title: 'Every port that a flow names is one of the pod that it leads to',
  row: 24,
  scanners: { kubeScore: ['container-ports-check'] },
  check: perFlow(({ at, direction, peers, ports }, policy, pods) => {
    const own = podsSelected(pods, policy.spec?.podSelector).filter(({ object }) =>
      inSameNamespace(object, policy),
    );
    const targets = direction === 'ingress' ? own : peers.flatMap((peer) => podsOfPeer(peer, policy, pods));
    return targets.flatMap(({ spec, title }) => {
      const open = (spec.containers ?? []).flatMap(({ ports: declared = [] }) =>
        declared.flatMap(({ name, containerPort }) => [name, containerPort]),
      );
      return ports
        .filter(({ port }) => port !== undefined && !open.includes(port))
        .map(({ port }) => fault(`${at}/ports`, `${title} has no port ${port}`, 'name one of its ports'));
    });
  }),
};

export const leadsSomewhere: Rule = {
  id: 'policy-peers-exist',
  title: 'A flow out of a pod within its namespace leads to pods that are rendered with it',
  row: 24,
  scanners: { kubeLinter: ['dangling-networkpolicypeer-podselector'] },
  check: perFlow(({ at, direction, peers }, policy, pods) =>
    direction === 'egress' &&
    peers.some(
      (peer) =>
        peer.podSelector !== undefined &&
        peer.namespaceSelector === undefined &&
        podsOfPeer(peer, policy, pods).length === 0,
    )
      ? [fault(at, 'leads nowhere', 'name the namespace, or pods that are here')]
      : [],
  ),
};

/** Cloud providers hand out credentials of the node there. */
const metadataAddress = '169.254.';

export const opensSmallBlocks: Rule = {
  id: 'no-wide-address-block',
  title: 'An address block is small and leaves out the metadata service of clouds',
  row: 24,
  scanners: { kubescape: ['C-0052'] },
  check: perFlow(({ at, peers }) =>
    peers.flatMap(({ ipBlock }) => {
      if (ipBlock === undefined) return [];
      const { cidr = '0.0.0.0/0' } = ipBlock;
      const [address = '', bits] = cidr.split('/');
      return Number(bits) >= (address.includes(':') ? 48 : 16) && !address.startsWith(metadataAddress)
        ? []
        : [fault(at, `opens ${cidr}`, 'name the addresses that are meant')];
    }),
  ),
};
