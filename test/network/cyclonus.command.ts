import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Manifest } from '../kubernetes/manifest.ts';
import type { Connection, Endpoint } from './endpoint.ts';

/** Why cyclonus can't be asked, or undefined: for `describe.skipIf`. */
export const cyclonusMissing: string | undefined =
  spawnSync('cyclonus', ['version'], { stdio: 'ignore' }).error === undefined
    ? undefined
    : 'no cyclonus on the PATH (go install github.com/mattfenwick/cyclonus/cmd/cyclonus@v0.5.6)';

const run = promisify(execFile);

/** What cyclonus says of each connection, in their order. Policies have to name their policyTypes: it insists. */
export async function askCyclonus(
  policies: readonly Manifest[],
  connections: readonly Connection[],
): Promise<boolean[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cyclonus-'));
  try {
    const [policyPath, trafficPath] = [join(folder, 'policies.yaml'), join(folder, 'traffic.json')];
    const list = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicyList', items: policies };
    await writeFile(policyPath, JSON.stringify(list));
    await writeFile(trafficPath, JSON.stringify(connections.map((connection) => trafficOf(connection))));
    const paths = [`--policy-path=${policyPath}`, `--traffic-path=${trafficPath}`];
    const { stdout } = await run(
      'cyclonus',
      ['analyze', '--mode=query-traffic', '--simplify-policies=false', ...paths],
      {
        maxBuffer: 256 * 1024 * 1024,
      },
    );
    return Array.from(
      stdout.matchAll(/IS ALLOWED\?\s*\|\s*(TRUE|FALSE)/gi),
      ([, word]) => word?.toUpperCase() === 'TRUE',
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

function trafficOf({ from, to, port, protocol }: Connection): object {
  const named = to.pod?.ports.find((one) => one.port === port && one.protocol === protocol);
  return {
    Source: peerOf(from),
    Destination: peerOf(to),
    ResolvedPort: port,
    ResolvedPortName: named?.name ?? '',
    Protocol: protocol,
  };
}

function peerOf({ pod, address }: Endpoint): object {
  const internal = pod && {
    PodLabels: pod.labels,
    NamespaceLabels: pod.namespaceLabels,
    Namespace: pod.namespace,
  };
  return { Internal: internal, IP: address };
}
