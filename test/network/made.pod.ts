import type { Endpoint } from './endpoint.ts';

/** A pod for tests, in a namespace with two labels, with one named port. */
export const podOf = (
  name: string,
  namespace: string,
  labels: Readonly<Record<string, string>> = { app: name },
): Endpoint => ({
  name,
  pod: {
    namespace,
    namespaceLabels: { 'kubernetes.io/metadata.name': namespace, team: namespace },
    labels,
    ports: [{ name: 'web', port: 8080, protocol: 'TCP' }],
  },
});
