import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../kubernetes/manifest.ts';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { render } from '../kubernetes/kustomization.ts';
import { podsOf } from './pods/pod.fixture.ts';
import { openAdmissionServer, type AdmissionServer } from './server/admission.server.ts';
import { controlPlaneMissing, skipReason } from './server/control.plane.ts';
import { admitted, createGuardedNamespace } from './server/guarded.namespace.ts';

const external = ['NodePort', 'LoadBalancer', 'ExternalName'];

describe.skipIf(controlPlaneMissing)(`in guarded namespaces of a real API server${skipReason}`, () => {
  let server: AdmissionServer;
  beforeAll(async () => {
    server = await openAdmissionServer();
  });
  afterAll(() => server?.remove());

  const service = (spec: object): Manifest => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'any', namespace: server.namespace },
    spec: { ports: [{ port: 80 }], selector: { app: 'any' }, ...spec },
  });
  const refusal = async (spec: object): Promise<string> =>
    (await server.client.create(service(spec), { dryRun: true })).message;

  it('a Service is admitted inside the cluster', async () => {
    expect(await refusal({})).toBe('');
    expect(await refusal({ clusterIP: 'None' })).toBe('');
  });

  it.each(external)('a Service of type %s is refused', async (type) => {
    expect(await refusal({ type, externalName: 'example.com' })).toContain('spec.type is not ClusterIP; let');
  });

  it('a Service that takes over an address is refused', async () => {
    expect(await refusal({ externalIPs: ['192.0.2.1'] })).toContain('spec.externalIPs takes over an address');
  });

  it.each(kustomizations.overlays())(
    'every object of %s is admitted, and the pods they would make',
    async (overlay) => {
      const objects = await render(overlay);
      const guard = objects.find(({ kind }) => kind === 'Namespace');
      expect(guard).toBeDefined();
      await createGuardedNamespace(server.client, { name: guard?.metadata.name ?? '' });
      const pods = podsOf(objects);
      const answers = await Promise.all(
        [...objects, ...pods].map(async (object) => ({
          object,
          ...(await server.client.apply(object, { dryRun: true })),
        })),
      );
      expect(
        answers
          .filter(({ status }) => status >= 300)
          .map(({ object, message }) => `${object.kind} ${object.metadata.name}: ${message}`),
      ).toEqual([]);
      expect(pods.length).toBeGreaterThan(1);
    },
  );

  it('every object of OpenBao is admitted in its own namespace, and its pod', async () => {
    await createGuardedNamespace(server.client, { name: 'openbao' });
    const objects = await render('k8s/dependencies/openbao');
    await Promise.all(objects.map((object) => admitted(server.client, object)));
    const pods = podsOf(objects);
    await Promise.all(pods.map((pod) => admitted(server.client, pod)));
    expect(pods).toHaveLength(1);
  });
});
