import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../kubernetes/manifest.ts';
import { podSecurityTable } from './pods/pod.security.table.ts';
import { policyTable } from './pods/policy.table.ts';
import { openAdmissionServer, until, type AdmissionServer } from './server/admission.server.ts';
import { controlPlaneMissing, skipReason } from './server/control.plane.ts';
import { allowExemptions, podWithout } from './server/exempted.namespace.ts';
import { createGuardedNamespace } from './server/guarded.namespace.ts';

const table = [...podSecurityTable, ...policyTable];
const policies = [...new Set(policyTable.map(({ by }) => by))];

describe.skipIf(controlPlaneMissing)(`a pod in a guarded namespace of a real API server${skipReason}`, () => {
  let server: AdmissionServer;
  const ask = (object: Manifest) => server.client.create(object, { dryRun: true });
  const refused = async (pod: Manifest): Promise<string[]> => {
    const answers = await Promise.all(table.map(async (row) => ({ row, ...(await ask(row.change(pod))) })));
    return answers.filter(({ status }) => status >= 400).map(({ row }) => row.title);
  };
  const titles = (isOne: (row: (typeof table)[number]) => boolean) =>
    table.filter(isOne).map(({ title }) => title);

  beforeAll(async () => {
    server = await openAdmissionServer();
  });
  afterAll(() => server?.remove());

  it('is admitted as the service deploys it', async () => {
    expect(await ask(server.pod)).toMatchObject({ status: 201, message: '' });
  });

  it.each(table)('is refused by $by when it $title', async ({ change, by, message }) => {
    const answer = await ask(change(server.pod));
    const judge =
      by === 'PodSecurity' ? 'violates PodSecurity "restricted:v1.37"' : `Policy 'secure-backend-${by}'`;
    expect(answer).toMatchObject({ message: expect.stringContaining(judge) });
    expect(answer.message).toContain(message);
  });

  it('is refused in at least 40 ways', () => {
    expect(new Set(table.map(({ title }) => title)).size).toBe(table.length);
    expect(table.length).toBeGreaterThanOrEqual(40);
  });

  it('would be admitted with what Pod Security refuses, were its labels missing', async () => {
    const { metadata } = await createGuardedNamespace(server.client, { isPodSecure: false });
    const pod = { ...server.pod, metadata: { ...server.pod.metadata, namespace: metadata.name } };
    expect(await refused(pod)).toEqual(titles(({ by, also }) => by !== 'PodSecurity' || also !== undefined));
  });

  describe('where one policy is not bound', () => {
    beforeAll(() => allowExemptions(server));

    it.each(policies)('is admitted with exactly what %s refuses', async (policy) => {
      const pod = await podWithout(server, policy);
      const [row] = policyTable.filter(({ by }) => by === policy);
      await until(async () => row !== undefined && (await ask(row.change(pod))).status < 400);
      expect(await refused(pod)).toEqual(titles(({ by }) => by !== policy));
    });
  });

  it('is refused when nobody says which registries are trusted', async () => {
    const list = '/api/v1/namespaces/kube-system/configmaps/trusted-registries';
    await server.client.request('DELETE', list);
    await until(async () =>
      (await ask(server.pod)).message.includes("Policy 'secure-backend-image-registry'"),
    );
    expect((await ask(server.pod)).status).toBeGreaterThanOrEqual(400);
  });
});
