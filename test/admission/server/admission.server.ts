import { setTimeout as delay } from 'node:timers/promises';
import { render } from '../../kubernetes/kustomization.ts';
import type { Manifest } from '../../kubernetes/manifest.ts';
import { readAuditPolicy } from '../audit/audit.policy.ts';
import { ourEncryption } from '../encryption/encryption.files.ts';
import { policyTable } from '../pods/policy.table.ts';
import { servicePod } from '../pods/pod.fixture.ts';
import { startApiServer, type ThrowawayApiServer } from './throwaway.apiserver.ts';
import { startEtcd } from './throwaway.etcd.ts';
import { admitted, createGuardedNamespace } from './guarded.namespace.ts';

const IN_FORCE_TIMEOUT_MS = 30_000;

/** An API server with all that an administrator applies, and a guarded namespace. */
export interface AdmissionServer {
  readonly client: ThrowawayApiServer;
  readonly namespace: string;
  readonly pod: Manifest;
  remove(): Promise<void>;
}

export async function openAdmissionServer(): Promise<AdmissionServer> {
  const etcd = await startEtcd();
  const closers = [() => etcd.remove()];
  const remove = async (): Promise<void> => {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    for (const close of closers.splice(0).toReversed()) await close();
  };
  try {
    const client = await startApiServer(etcd, {
      encryption: await ourEncryption(),
      audit: readAuditPolicy(),
    });
    closers.push(() => client.stop());
    await Promise.all((await render('k8s/cluster/kind')).map((object) => admitted(client, object)));
    const { metadata } = await createGuardedNamespace(client);
    const server = { client, namespace: metadata.name, pod: servicePod(metadata.name), remove };
    await policiesAreInForce(server);
    return server;
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The API server reads its policies anew once a second. */
async function policiesAreInForce({ client, pod }: AdmissionServer): Promise<void> {
  const first = new Map(policyTable.toReversed().map((row) => [row.by, row]));
  await Promise.all(
    [...first.values()].map(({ change }) =>
      until(async () => (await client.create(change(pod), { dryRun: true })).status >= 400),
    ),
  );
}

/** Waits for a state. @throws when it doesn't come */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + IN_FORCE_TIMEOUT_MS;
  // oxlint-disable-next-line no-await-in-loop -- polling
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('the policies are not in force');
    // oxlint-disable-next-line no-await-in-loop -- polling
    await delay(50);
  }
}
