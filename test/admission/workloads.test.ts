import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../kubernetes/manifest.ts';
import { set, together, unset, type PodChange } from './pods/pod.change.ts';
import { workloadsOf } from './pods/pod.fixture.ts';
import { openAdmissionServer, type AdmissionServer } from './server/admission.server.ts';
import { pathOf } from './server/api.client.ts';
import { controlPlaneMissing, skipReason } from './server/control.plane.ts';
import { admitted } from './server/guarded.namespace.ts';

const writableRoot = set('containers.0.securityContext.readOnlyRootFilesystem', false);
const kinds = workloadsOf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'any' }, spec: {} }).map(
  ({ kind }) => kind,
);

/** Tries to give the running pod an ephemeral container like its init container. @returns the refusal, if any */
async function attachTo({ client, pod }: AdmissionServer, change: PodChange): Promise<string> {
  const changed = change(pod) as Manifest & { spec: { initContainers: [Record<string, unknown>] } };
  const { resources: _, ports: __, ...container } = changed.spec.initContainers[0];
  const path = `${pathOf(pod)}/ephemeralcontainers?dryRun=All`;
  const body = { spec: { ephemeralContainers: [{ ...container, name: 'debugger' }] } };
  return (await client.request('PATCH', path, body, 'application/strategic-merge-patch+json')).message;
}

describe.skipIf(controlPlaneMissing)(`what makes pods in a guarded namespace${skipReason}`, () => {
  let server: AdmissionServer;
  const ask = (object: Manifest) => server.client.create(object, { dryRun: true });
  const workload = (kind: string, pod: Manifest = server.pod): Manifest => {
    const found = workloadsOf(pod).find((object) => object.kind === kind);
    if (!found) throw new Error(`no fixture of kind ${kind}`);
    return found;
  };

  beforeAll(async () => {
    server = await openAdmissionServer();
  });
  afterAll(() => server?.remove());

  it.each(kinds)('is admitted when it is a good %s', async (kind) => {
    expect(await ask(workload(kind))).toMatchObject({ status: 201, message: '' });
  });

  it.each(kinds)('is refused at once when it is a %s of pods that would be refused', async (kind) => {
    const answer = await ask(workload(kind, writableRoot(server.pod)));
    expect(answer.message).toContain('readOnlyRootFilesystem is not true in service; set it');
  });

  it('is refused without requests, which a pod would be given from its limits', async () => {
    const { message } = await ask(
      workload('Deployment', unset('containers.0.resources.requests')(server.pod)),
    );
    expect(message).toContain(
      'resources.requests lacks cpu, memory or ephemeral-storage in service; set all three',
    );
  });

  it('may be a Job without probes, but no Deployment', async () => {
    const unwatched = together(
      ...['startupProbe', 'livenessProbe', 'readinessProbe'].map((probe) => unset(`containers.0.${probe}`)),
    )(server.pod);
    expect(await ask(workload('Job', unwatched))).toMatchObject({ status: 201 });
    expect(await ask(workload('CronJob', unwatched))).toMatchObject({ status: 201 });
    expect((await ask(workload('Deployment', unwatched))).message).toContain('Probe is missing in service');
  });

  it('can be scaled down and relabelled though it was there before the policies, but not changed', async () => {
    const pod = writableRoot(server.pod);
    const older = workload('ReplicaSet', pod);
    const { namespace } = server;
    const guard = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
    const label = (value: string | null) =>
      server.client.request(
        'PATCH',
        pathOf(guard),
        { metadata: { labels: { 'secure-backend/guarded': value } } },
        'application/merge-patch+json',
      );
    await label(null);
    await admitted(server.client, older);
    await label('true');
    const patch = async (body: object) =>
      (await server.client.request('PATCH', pathOf(older), body, 'application/merge-patch+json')).status;
    expect(await patch({ spec: { replicas: 0 } })).toBe(200);
    expect(await patch({ metadata: { finalizers: ['tests/kept'] } })).toBe(200);
    expect(await patch({ metadata: { finalizers: null } })).toBe(200);
    expect(await patch({ spec: { template: { spec: { priorityClassName: 'secure-backend-data' } } } })).toBe(
      422,
    );
  });

  describe('and is already running', () => {
    beforeAll(() => admitted(server.client, server.pod));

    const init = 'initContainers.0';
    const image = `quay.io/a/shell:1@sha256:${'a'.repeat(64)}`;

    it('takes an ephemeral container as hardened as itself', async () => {
      expect(await attachTo(server, together())).toBe('');
    });

    it.each([
      ['from elsewhere', set(`${init}.image`, image), 'not from a trusted registry: quay.io/a/shell'],
      [
        'by tag only',
        set(`${init}.image`, 'gcr.io/distroless/nodejs24-debian13:debug'),
        'write name:tag@sha256:digest',
      ],
      [
        'that may write its root',
        unset(`${init}.securityContext.readOnlyRootFilesystem`),
        'is not true in debugger; set it',
      ],
      [
        'that runs as somebody',
        set(`${init}.securityContext.runAsUser`, 1000),
        'runAsUser is missing or below 10000 in debugger',
      ],
      [
        'that is privileged',
        set(`${init}.securityContext.capabilities.add`, ['SYS_PTRACE']),
        'violates PodSecurity',
      ],
      ['without any security context', unset(`${init}.securityContext`), 'violates PodSecurity'],
      [
        'with a secret in its environment',
        set(`${init}.env`, [{ name: 'A', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } }]),
        'in debugger; mount the Secret as files',
      ],
    ])('takes no ephemeral container %s', async (_, change, message) => {
      expect(await attachTo(server, change)).toContain(message);
    });
  });
});
