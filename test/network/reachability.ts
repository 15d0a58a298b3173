import { selects } from '../kubernetes/label.selector.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { at, listAt, type Fields } from '../kubernetes/field.path.ts';
import type { Connection, Endpoint } from './endpoint.ts';
import { isPeer } from './policy.peers.ts';
import { isPort } from './policy.ports.ts';

type Direction = 'Ingress' | 'Egress';

/** What policies say of a connection at one of its ends. */
export interface Verdict {
  readonly allowed: boolean;
  /** Policies that select the pod at this end; with none, it is open. */
  readonly policies: readonly string[];
  /** Those of them that allow the connection. */
  readonly allowing: readonly string[];
}

export interface Reachability {
  readonly allowed: boolean;
  readonly egress: Verdict;
  readonly ingress: Verdict;
}

/**
 * Whether a connection is allowed at both of its ends. Policies add up: each end is open while none selects its pod, and from
 * then on lets through what any of them allows. The ends are two pods, also where both are replicas of one workload: a pod always
 * reaches itself. The kubelet's probes pass by policies and are not judged here.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export const reach = (policies: readonly Manifest[], connection: Connection): Reachability =>
  meet(
    selecting(policies, 'Egress', connection.from),
    selecting(policies, 'Ingress', connection.to),
    connection,
  );

/** The policies that select a pod for one direction; none for what is no pod. */
export const selecting = (
  policies: readonly Manifest[],
  direction: Direction,
  { pod }: Endpoint,
): readonly Manifest[] =>
  pod === undefined
    ? []
    : policies.filter(
        ({ kind, metadata, spec }) =>
          kind === 'NetworkPolicy' &&
          metadata.namespace === pod.namespace &&
          directionsOf(spec).includes(direction) &&
          selects(at(spec, 'podSelector') ?? {}, pod.labels),
      );

/** {@link reach}, for who knows already which policies select the one end for egress and the other for ingress. */
export function meet(
  out: readonly Manifest[],
  into: readonly Manifest[],
  connection: Connection,
): Reachability {
  const egress = judge(out, 'Egress', connection.to, connection);
  const ingress = judge(into, 'Ingress', connection.from, connection);
  return { allowed: egress.allowed && ingress.allowed, egress, ingress };
}

function judge(
  policies: readonly Manifest[],
  direction: Direction,
  peer: Endpoint,
  connection: Connection,
): Verdict {
  const allowing = policies.filter((policy) =>
    rulesOf(policy, direction).some((rule) => allows(rule, policy, direction, peer, connection)),
  );
  return {
    allowed: policies.length === 0 || allowing.length > 0,
    policies: namesOf(policies),
    allowing: namesOf(allowing),
  };
}

const namesOf = (policies: readonly Manifest[]): string[] => policies.map(({ metadata }) => metadata.name);

/** Without policyTypes: ingress always, egress where there are rules for it. */
function directionsOf(spec: unknown): Direction[] {
  const types = listAt(spec, 'policyTypes') as readonly unknown[] as Direction[];
  if (types.length > 0) return types;
  return listAt(spec, 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

const rulesOf = ({ spec }: Manifest, direction: Direction): Fields[] =>
  listAt(spec, direction === 'Ingress' ? 'ingress' : 'egress');

/** A rule without peers means everybody, one without ports every port. */
function allows(
  rule: Fields,
  policy: Manifest,
  direction: Direction,
  peer: Endpoint,
  connection: Connection,
): boolean {
  const peers = listAt(rule, direction === 'Ingress' ? 'from' : 'to');
  const ports = listAt(rule, 'ports');
  const isMeant =
    peers.length === 0 || peers.some((one) => isPeer(one, peer, policy.metadata.namespace ?? ''));
  return isMeant && (ports.length === 0 || ports.some((port) => isPort(port, connection)));
}
