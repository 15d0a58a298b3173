import type { Fields } from '../kubernetes/field.path.ts';
import type { Connection } from './endpoint.ts';

/**
 * Whether a port of a rule means a connection's. TCP unless it says otherwise; no port means all of the protocol; a name is looked
 * up at the pod that is connected to, also by an egress rule.
 *
 * @see NetworkPolicyPort in k8s.io/api/networking/v1/types.go
 */
export function isPort(rule: Fields, { to, port, protocol }: Connection): boolean {
  const { protocol: wanted = 'TCP', port: start, endPort } = rule;
  if (wanted !== protocol) return false;
  if (start === undefined) return true;
  if (typeof start === 'string')
    return (to.pod?.ports ?? []).some(
      (named) => named.name === start && named.port === port && named.protocol === protocol,
    );
  return endPort === undefined ? port === start : port >= Number(start) && port <= Number(endPort);
}
