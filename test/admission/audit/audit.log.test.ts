import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { set } from '../pods/pod.change.ts';
import { ourEncryption } from '../encryption/encryption.files.ts';
import { openAdmissionServer, type AdmissionServer } from '../server/admission.server.ts';
import { pathOf, type ApiClient } from '../server/api.client.ts';
import { controlPlaneMissing, skipReason } from '../server/control.plane.ts';
import { startApiServer } from '../server/throwaway.apiserver.ts';
import { startEtcd } from '../server/throwaway.etcd.ts';
import { levelOf, parseAuditPolicy, readAuditPolicy } from './audit.policy.ts';
import { requestOf, type AuditEvent } from './audit.event.ts';

const password = randomBytes(18).toString('hex');
const traces = [password, Buffer.from(password).toString('base64')];

/** Everything one can do with a Secret, a ConfigMap and a token. */
async function useSecrets(client: ApiClient): Promise<void> {
  const metadata = { name: 'audited', namespace: 'default' };
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { password } };
  const configuration = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { password } };
  for (const object of [secret, configuration]) {
    const path = pathOf(object);
    const steps = [
      () => client.create(object),
      () => client.apply(object),
      () => client.request('GET', path),
      () => client.request('GET', path.replace(/\/[^/]+$/, '')),
      () =>
        client.request('PATCH', path, { metadata: { labels: { password } } }, 'application/merge-patch+json'),
      () => client.request('PUT', path, object),
      () => client.remove(object),
    ];
    for (const step of steps) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect((await step()).status).toBeLessThan(300);
    }
  }
}

describe.skipIf(controlPlaneMissing)(
  `the audit log of a real API server${skipReason}`,
  { timeout: 120_000 },
  () => {
    let server: AdmissionServer;
    let token = '';
    beforeAll(async () => {
      server = await openAdmissionServer();
      const { client, namespace, pod } = server;
      await useSecrets(client);
      const account = `/api/v1/namespaces/${namespace}/serviceaccounts/backend-api`;
      const issued = await client.request('POST', `${account}/token`, {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: {},
      });
      ({ token } = issued.body['status'] as { token: string });
      await client.request('POST', '/apis/authentication.k8s.io/v1/tokenreviews', {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenReview',
        spec: { token },
      });
      await client.create(pod);
      await client.request('POST', `${pathOf(pod)}/exec?command=id&stdout=true`);
      await client.create(set('containers.0.securityContext.readOnlyRootFilesystem', false)(pod));
    });
    afterAll(() => server?.remove());

    const events = async (): Promise<AuditEvent[]> =>
      (await server.client.auditLog())
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as AuditEvent);

    it('holds no secret and no token, though they were written, read and used', async () => {
      const text = await server.client.auditLog();
      expect(token.length).toBeGreaterThan(100);
      expect([...traces, token].filter((trace) => text.includes(trace))).toEqual([]);
      const seen = (await events()).filter(
        ({ objectRef }) => objectRef?.resource === 'secrets' && objectRef.name === 'audited',
      );
      expect(new Set(seen.map(({ verb }) => verb))).toEqual(
        new Set(['create', 'patch', 'get', 'update', 'delete']),
      );
    });

    it('holds who went into a pod', async () => {
      const found = (await events()).filter(({ objectRef }) => objectRef?.subresource === 'exec');
      expect(new Set(found.map(({ user }) => user.username))).toEqual(new Set(['administrator']));
      expect(found[0]?.requestURI).toContain('command=id');
    });

    it('holds what was refused, by which policy and why', async () => {
      const refused = (await events()).filter(({ responseStatus }) => responseStatus?.code === 422);
      const told = refused.map(({ responseStatus }) => responseStatus?.message).join('\n');
      expect(told).toContain("ValidatingAdmissionPolicy 'secure-backend-read-only-root'");
      expect(Object.keys(refused.at(-1)?.annotations ?? {})).toContain(
        'validation.policy.admission.k8s.io/validation_failure',
      );
    });

    it('is written at the levels that the evaluator of our policy foretells', async () => {
      const policy = parseAuditPolicy(readAuditPolicy());
      const all = await events();
      expect(all.length).toBeGreaterThan(50);
      expect(all.filter((event) => levelOf(policy, requestOf(event)) !== event.level)).toEqual([]);
      expect(new Set(all.map(({ level }) => level))).toEqual(new Set(['Metadata', 'RequestResponse']));
    });
  },
);

describe.skipIf(controlPlaneMissing)(
  `the audit log under a policy that shows bodies${skipReason}`,
  { timeout: 120_000 },
  () => {
    it('holds the secret, so the search for it would find one', async () => {
      const etcd = await startEtcd();
      const audit = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n  - level: RequestResponse\n';
      const server = await startApiServer(etcd, { encryption: await ourEncryption(), audit });
      try {
        await useSecrets(server);
        const text = await server.auditLog();
        expect(traces.map((trace) => text.includes(trace))).toEqual([true, true]);
      } finally {
        await server.stop();
        await etcd.remove();
      }
    });
  },
);
