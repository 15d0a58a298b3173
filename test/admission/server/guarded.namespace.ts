import { randomBytes } from 'node:crypto';
import { render } from '../../kubernetes/kustomization.ts';
import type { Manifest } from '../../kubernetes/manifest.ts';
import type { ApiClient } from './api.client.ts';

const podSecurity = 'pod-security.kubernetes.io/';

/** A name nobody else has. */
export const randomName = (): string => `guarded-${randomBytes(4).toString('hex')}`;

export interface NamespaceOptions {
  name?: string;
  /** With the labels of Pod Security; false is a control. */
  isPodSecure?: boolean;
  /** More of them. */
  labels?: Readonly<Record<string, string>>;
}

/**
 * Makes a namespace as guarded as an overlay's, and in it the accounts that its pods name; no quota, because nobody counts here.
 *
 * @throws with the answer of the API server when it refuses
 */
export async function createGuardedNamespace(
  client: Pick<ApiClient, 'apply'>,
  { name = randomName(), isPodSecure = true, labels = {} }: NamespaceOptions = {},
): Promise<Manifest> {
  const objects = await render('k8s/overlays/kind');
  const guard = objects.find(({ kind }) => kind === 'Namespace');
  if (!guard) throw new Error('k8s/overlays/kind has no Namespace');
  const ours = Object.entries(guard.metadata.labels ?? {}).filter(
    ([label]) => isPodSecure || !label.startsWith(podSecurity),
  );
  const namespace = { ...guard, metadata: { name, labels: { ...Object.fromEntries(ours), ...labels } } };
  await admitted(client, namespace);
  const accounts = objects
    .filter(({ kind }) => kind === 'ServiceAccount')
    .map(({ metadata }) => metadata.name);
  await Promise.all(
    ['default', ...accounts].map((account) =>
      admitted(client, {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: account, namespace: name },
      }),
    ),
  );
  return namespace;
}

/** Applies an object. @throws with the answer of the API server when it refuses */
export async function admitted(client: Pick<ApiClient, 'apply'>, object: Manifest): Promise<void> {
  const { status, message } = await client.apply(object);
  if (status >= 300) throw new Error(`${object.kind} ${object.metadata.name}: ${status} ${message}`);
}
