import type { Endpoint, Target } from './endpoint.ts';

export const nameLabel = 'app.kubernetes.io/name';

/** The label that every namespace has. */
export const ownLabel = (namespace: string) => ({ 'kubernetes.io/metadata.name': namespace });

/** A pod that isn't rendered here, in a namespace that nobody guards. */
export const foreign = (
  name: string,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): Endpoint => ({
  name,
  pod: { namespace, namespaceLabels: ownLabel(namespace), labels, ports: [] },
});

/** A pod with all labels of another, in the wrong namespace. */
export const impostorOf = ({ name, pod }: Endpoint): Endpoint =>
  foreign(`${name.replace(' (expected)', '')} elsewhere`, 'elsewhere', pod?.labels ?? {});

export const collector = foreign('prometheus', 'monitoring', { [nameLabel]: 'prometheus' });
export const internet: Endpoint = { name: 'internet', address: '203.0.113.7' };

/** Whom nobody in a guarded namespace waits for. */
export const strangers: readonly Endpoint[] = [
  foreign('stranger in monitoring', 'monitoring', {}),
  foreign('stranger elsewhere', 'elsewhere', {}),
];

const dns = foreign('DNS', 'kube-system', { 'k8s-app': 'kube-dns' });
const internetOverIpv6: Endpoint = { name: 'internet over IPv6', address: '2001:db8::7' };
const metadata: Endpoint = { name: 'metadata address', address: '169.254.169.254' };
/** At the address of a node of kind; the Service's own is never seen by a policy. */
const apiServer: Endpoint = { name: 'API server', address: '172.18.0.2' };
const database = foreign('postgres in databases', 'databases', { [nameLabel]: 'postgres' });

export const outsideTargets: readonly Target[] = [
  { endpoint: database, port: 5432, protocol: 'TCP' },
  { endpoint: foreign('stranger elsewhere', 'elsewhere', {}), port: 8080, protocol: 'TCP' },
  { endpoint: dns, port: 53, protocol: 'UDP' },
  { endpoint: dns, port: 53, protocol: 'TCP' },
  { endpoint: internet, port: 443, protocol: 'TCP' },
  { endpoint: internetOverIpv6, port: 443, protocol: 'TCP' },
  { endpoint: metadata, port: 80, protocol: 'TCP' },
  { endpoint: apiServer, port: 443, protocol: 'TCP' },
  { endpoint: apiServer, port: 6443, protocol: 'TCP' },
];
