import { BlockList, isIPv6 } from 'node:net';
import { selects } from '../kubernetes/label.selector.ts';
import { at, listAt, type Fields } from '../kubernetes/field.path.ts';
import type { Endpoint } from './endpoint.ts';

/**
 * Whether a peer of a rule means an endpoint. Selectors in one peer have to hold together; without a namespace selector, the pods
 * of the policy's own namespace are meant.
 *
 * @see NetworkPolicyPeer in k8s.io/api/networking/v1/types.go
 */
export function isPeer(peer: Fields, endpoint: Endpoint, policyNamespace: string): boolean {
  const { ipBlock, podSelector, namespaceSelector } = peer;
  if (ipBlock !== undefined) return isInBlock(ipBlock, endpoint.address);
  const { pod } = endpoint;
  if (pod === undefined) return false;
  const isNamespace =
    namespaceSelector === undefined
      ? pod.namespace === policyNamespace
      : selects(namespaceSelector, pod.namespaceLabels);
  return isNamespace && (podSelector === undefined || selects(podSelector, pod.labels));
}

function isInBlock(block: unknown, address: string | undefined): boolean {
  if (address === undefined) return false;
  const except = listAt(block, 'except') as readonly unknown[];
  return isIn(at(block, 'cidr'), address) && !except.some((range) => isIn(range, address));
}

function isIn(range: unknown, address: string): boolean {
  const [network = '', prefix = ''] = String(range).split('/');
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), familyOf(network));
  return list.check(address, familyOf(address));
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');
