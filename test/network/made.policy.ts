import type { Manifest } from '../kubernetes/manifest.ts';
import type { Endpoint, Protocol } from './endpoint.ts';
import { podOf } from './made.pod.ts';
import { reach } from './reachability.ts';

export const api = podOf('api', 'a');
export const web = podOf('web', 'a');

export const policy = (spec: object, namespace = 'a'): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace },
  spec,
});

export const select = (app: string) => ({ matchLabels: { app } });

/** A policy with one ingress rule for the pod `api`. */
export const onApi = (rule: object) => policy({ podSelector: select('api'), ingress: [rule] });
/** A policy with one egress rule for it. */
export const out = (rule: object) =>
  policy({ podSelector: select('api'), policyTypes: ['Egress'], egress: [rule] });

export const address = (text: string): Endpoint => ({ name: text, address: text });

export const can = (
  policies: readonly Manifest[],
  from: Endpoint,
  to: Endpoint,
  port = 8080,
  protocol: Protocol = 'TCP',
): boolean => reach(policies, { from, to, port, protocol }).allowed;
