import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';

const podOf = (name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } });

/** The network policy of a service that lets these pods in, and others that are none of its callers here. */
export async function writePolicy(root: string, service: string, callers: readonly string[]): Promise<void> {
  const folder = join(root, 'k8s', 'services', service);
  const elsewhere = { namespaceSelector: { matchLabels: { team: 'other' } }, ...podOf('stranger') };
  const ingress = [
    ...callers.map((name) => ({ from: [podOf(name)], ports: [{ port: 8080 }] })),
    { from: [elsewhere], ports: [{ port: 8080 }] },
    { from: [podOf('prometheus')], ports: [{ port: 9464 }] },
  ];
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'network-policy.yaml'),
    stringify({ kind: 'NetworkPolicy', spec: { ingress } }),
  );
}
