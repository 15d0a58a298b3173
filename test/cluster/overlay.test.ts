import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callersOf } from '../../libs/local-stack/src/cluster-secrets/policy.callers.ts';
import { kustomizations } from '../kubernetes/catalogue.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { root } from '../repository.files.ts';
import { sampleAt } from '../samples/rendering.samples.ts';
import { apply, kubectl, read, waitFor } from './kubectl.command.ts';
import { deploy, namespace, remove } from './live.deployment.ts';
import { readLiveImages, withLiveImages } from './live.images.ts';
import { tryFromPod, type Reach } from './live.pod.ts';

interface Workload extends Manifest {
  spec: { template: { spec: { containers: object[] } } };
}

const named = (folders: readonly string[]): string[] => folders.map((path) => basename(path));
const services = named(kustomizations.services());
const callers = named(kustomizations.callers());
const [first = ''] = services;
/** Whom the first service lets in, of those who are deployed with it and so may go out; a stranger where there is nobody. */
const letIn = await callersOf(root, first);
const callerName = [...callers, ...services].find((name) => letIn.includes(name));
const caller = { 'app.kubernetes.io/name': callerName ?? 'nobody' };
const service = { 'app.kubernetes.io/name': first };
const served: Reach = callerName === undefined ? 'refused or dropped' : 'connected';
const hasData: Reach = services.includes(callerName ?? '') ? 'connected' : 'refused or dropped';

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

  it.each(services)('has migrated %s', async (name) => {
    await expect(waitFor(namespace, `job/${name}-migrations`, 'condition=Complete', 120)).resolves.toContain(
      'condition met',
    );
  });

  it.each(services)('has %s ready, in two pods at least', async (name) => {
    await expect(waitFor(namespace, `deployment/${name}`, 'condition=Available', 180)).resolves.toContain(
      'condition met',
    );
    const ready = await read(namespace, [`deployment/${name}`], '{.status.readyReplicas}');
    expect(Number(ready)).toBeGreaterThanOrEqual(2);
  });

  it.each(callers)('has the caller %s served', async (name) => {
    await expect(waitFor(namespace, `deployment/${name}`, 'condition=Available', 120)).resolves.toContain(
      'condition met',
    );
  });

  it('takes a release of its pipeline, and no other change', async () => {
    const deployer = ['--as=pipeline', '--as-group=demo-team-deployers'];
    const released = objects.filter(
      ({ metadata: { labels } }) => labels?.['secure-backend/release'] === 'pipeline',
    );
    const jobs = services.map((name) => `${name}-migrations`);
    await kubectl(['delete', 'job', '-n', namespace, ...jobs, ...deployer]);
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

  it.each<[string, string, Record<string, string>, string, number, Reach]>([
    // The first two are the canary: one label decides, so policies are enforced, and it is they that decide.
    ['a pod labelled as the caller', 'the service', caller, first, 8080, served],
    ['a pod without that label', 'the service', {}, first, 8080, 'refused or dropped'],
    ['the caller', 'the management port', caller, `pod of ${first}`, 9464, 'refused or dropped'],
    ['the caller', 'Postgres', caller, 'postgres', 5432, hasData],
    ['the service', 'Postgres', service, 'postgres', 5432, 'connected'],
    ['the service', 'the API server', service, 'kubernetes.default.svc', 443, 'refused or dropped'],
  ])('%s → %s', async (_, __, labels, host, port, expected) => {
    const target = { host: await addressOf(host), port };
    expect(await tryFromPod(namespace, labels, probeUnder(first), target)).toBe(expected);
  });

  it.each<[string, string, string, number, Reach]>([
    [
      'the API server, as nothing holds it back',
      "its caller's name",
      'kubernetes.default.svc',
      443,
      'connected',
    ],
    ['the service', "its caller's name", `pod of ${first}`, 8080, 'refused or dropped'],
    ['the management port', "its caller's name", `pod of ${first}`, 9464, 'refused or dropped'],
    ['Postgres', "its caller's name", 'pod of postgres', 5432, 'refused or dropped'],
  ])('an open namespace → %s, under %s', async (_, __, host, port, expected) => {
    await apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: open } }]);
    const spec = probeUnder('default');
    const target = { host: await addressOf(host), port };
    expect(await tryFromPod(open, caller, spec, target)).toBe(expected);
  });
});

const list = (items: readonly Manifest[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

/** A namespace without any policy: what is dropped on the way out of it, an ingress policy has dropped. */
const open = `${namespace}-open`;

/** A pod of the bare runtime image, hardened as the template's caller is, whether that is deployed here or not. */
function probeUnder(serviceAccountName: string): Workload['spec']['template']['spec'] {
  const sample = withLiveImages(sampleAt('k8s/overlays/kind'), readLiveImages(process.env));
  const workload = sample.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'frontend');
  const { spec } = (workload as Workload).spec.template;
  return Object.assign({}, spec, { serviceAccountName });
}

/** A Service has only some of its pods' ports; the others are at a pod's own address. */
async function addressOf(host: string): Promise<string> {
  const [, name] = /^pod of (.+)$/.exec(host) ?? [];
  if (name === undefined) return host;
  return read(namespace, ['pods', '-l', `app.kubernetes.io/name=${name}`], '{.items[0].status.podIP}');
}
