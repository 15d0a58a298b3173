import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../kubernetes/manifest.ts';
import { apply, kubectl, read, waitFor } from './kubectl.command.ts';
import { deploy, namespace, remove } from './live.deployment.ts';
import { tryFromPod, type Reach } from './live.pod.ts';

interface Workload extends Manifest {
  spec: { template: { spec: { containers: object[] } } };
}

describe('the overlay kind, deployed on a real cluster', () => {
  let objects: readonly Manifest[];

  beforeAll(async () => {
    objects = await deploy();
  });
  afterAll(async () => {
    await kubectl(['delete', 'namespace', open, '--ignore-not-found', '--wait=false']);
    if (!process.env['CLUSTER_KEEP']) await remove();
  });

  it('has a Postgres that is ready under its own policy', async () => {
    await expect(waitFor(namespace, 'pod/postgres-0', 'condition=Ready', 120)).resolves.toContain(
      'condition met',
    );
  });

  it('has migrated', async () => {
    await expect(
      waitFor(namespace, 'job/backend-api-migrations', 'condition=Complete', 120),
    ).resolves.toContain('condition met');
  });

  it('has a service that is ready, in two pods at least', async () => {
    await expect(waitFor(namespace, 'deployment/backend-api', 'condition=Available', 180)).resolves.toContain(
      'condition met',
    );
    const ready = await read(namespace, ['deployment/backend-api'], '{.status.readyReplicas}');
    expect(Number(ready)).toBeGreaterThanOrEqual(2);
  });

  it('has a caller that is served', async () => {
    await expect(waitFor(namespace, 'deployment/frontend', 'condition=Available', 120)).resolves.toContain(
      'condition met',
    );
  });

  it('takes a release of its pipeline, and no other change', async () => {
    const deployer = ['--as=pipeline', '--as-group=demo-team-deployers'];
    const released = objects.filter(
      ({ metadata: { labels } }) => labels?.['secure-backend/release'] === 'pipeline',
    );
    await kubectl(['delete', 'job', '-n', namespace, 'backend-api-migrations', ...deployer]);
    await kubectl(['apply', '--server-side', '-f', '-', ...deployer], list(released));
    const flows = objects.filter(({ kind }) => kind === 'NetworkPolicy');
    await expect(kubectl(['apply', '--server-side', '-f', '-', ...deployer], list(flows))).rejects.toThrow(
      'forbidden',
    );
  });

  it('has no pod that was restarted', async () => {
    const counts = '{range .items[*]}{.metadata.name}={.status.containerStatuses[0].restartCount} {end}';
    const restarts = await read(namespace, ['pods'], counts);
    expect(
      restarts
        .trim()
        .split(' ')
        .filter((pod) => !pod.endsWith('=0')),
    ).toEqual([]);
  });

  const caller = { 'app.kubernetes.io/name': 'frontend' };
  const service = { 'app.kubernetes.io/name': 'backend-api' };

  it.each<[string, string, Record<string, string>, string, number, Reach]>([
    // The first two are the canary: one label decides, so policies are enforced, and it is they that decide.
    ['a pod labelled as the caller', 'the service', caller, 'backend-api', 8080, 'connected'],
    ['a pod without that label', 'the service', {}, 'backend-api', 8080, 'refused or dropped'],
    ['the caller', 'the management port', caller, 'pod of backend-api', 9464, 'refused or dropped'],
    ['the caller', 'Postgres', caller, 'postgres', 5432, 'refused or dropped'],
    ['the service', 'Postgres', service, 'postgres', 5432, 'connected'],
    ['the service', 'the API server', service, 'kubernetes.default.svc', 443, 'refused or dropped'],
  ])('%s → %s', async (_, __, labels, host, port, expected) => {
    const target = { host: await addressOf(host), port };
    expect(await tryFromPod(namespace, labels, podOf(objects, 'frontend'), target)).toBe(expected);
  });

  it.each<[string, string, string, number, Reach]>([
    [
      'the API server, as nothing holds it back',
      "its caller's name",
      'kubernetes.default.svc',
      443,
      'connected',
    ],
    ['the service', "its caller's name", 'pod of backend-api', 8080, 'refused or dropped'],
    ['the management port', "its caller's name", 'pod of backend-api', 9464, 'refused or dropped'],
    ['Postgres', "its caller's name", 'pod of postgres', 5432, 'refused or dropped'],
  ])('an open namespace → %s, under %s', async (_, __, host, port, expected) => {
    await apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: open } }]);
    const spec = { ...podOf(objects, 'frontend'), serviceAccountName: 'default' };
    const target = { host: await addressOf(host), port };
    expect(await tryFromPod(open, caller, spec, target)).toBe(expected);
  });
});

const list = (items: readonly Manifest[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

/** A namespace without any policy: what is dropped on the way out of it, an ingress policy has dropped. */
const open = `${namespace}-open`;

function podOf(objects: readonly Manifest[], name: string): Workload['spec']['template']['spec'] {
  const workload = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name);
  return (workload as Workload).spec.template.spec;
}

/** A Service has only some of its pods' ports; the others are at a pod's own address. */
async function addressOf(host: string): Promise<string> {
  const [, name] = /^pod of (.+)$/.exec(host) ?? [];
  if (name === undefined) return host;
  return read(namespace, ['pods', '-l', `app.kubernetes.io/name=${name}`], '{.items[0].status.podIP}');
}
