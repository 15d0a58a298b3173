import { randomBytes } from 'node:crypto';
import { ourEncryption } from '../admission/encryption/encryption.files.ts';
import { until } from '../admission/server/admission.server.ts';
import { admitted } from '../admission/server/guarded.namespace.ts';
import { startApiServer } from '../admission/server/throwaway.apiserver.ts';
import { startEtcd } from '../admission/server/throwaway.etcd.ts';
import { at } from '../kubernetes/field.path.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import type { Request } from './rights.ts';
import { memberOf, type Subject } from './subjects.ts';

/** A real API server that is asked what somebody may do. */
export interface AuthorizingServer {
  /** Applies roles and bindings, and waits until they are in force. */
  grant(objects: readonly Manifest[]): Promise<void>;
  isAllowed(subject: Subject, request: Request): Promise<boolean>;
  remove(): Promise<void>;
}

export async function openAuthorizingServer(): Promise<AuthorizingServer> {
  const etcd = await startEtcd();
  const client = await startApiServer(etcd, {
    encryption: await ourEncryption(),
    // A line per question would take longer than the question.
    audit: JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules: [{ level: 'None' }] }),
  }).catch(async (error: unknown) => {
    await etcd.remove();
    throw error;
  });
  const isAllowed = async (subject: Subject, request: Request): Promise<boolean> => {
    const { body, status, message } = await client.create(reviewOf(subject, request));
    if (status >= 300) throw new Error(message);
    return at(body, 'status', 'allowed') === true;
  };
  return {
    isAllowed,
    grant: async (objects) => {
      await Promise.all(objects.map((object) => admitted(client, object)));
      // The server reads each kind in the order of its making: when it knows the last, it knows all.
      const name = `last-${randomBytes(4).toString('hex')}`;
      await Promise.all(rightsOf(name).map((object) => admitted(client, object)));
      const waiting = memberOf(name);
      await until(
        async () =>
          (await isAllowed(waiting, { verb: 'get', resource: 'pods', namespace: 'default' })) &&
          (await isAllowed(waiting, { verb: 'get', resource: 'nodes' })),
      );
    },
    remove: async () => {
      await client.stop();
      await etcd.remove();
    },
  };
}

function reviewOf({ user, groups }: Subject, { url, verb, group = '', resource, name, namespace }: Request) {
  const [kind = '', subresource = ''] = (resource ?? '').split('/');
  const asked =
    url === undefined
      ? { resourceAttributes: { verb, group, resource: kind, subresource, name, namespace } }
      : { nonResourceAttributes: { verb, path: url } };
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    metadata: { name: '' },
    spec: { user, groups, ...asked },
  };
}

const rbac = 'rbac.authorization.k8s.io';
/** A role and a binding of each kind, for the group of their name. */
const rightsOf = (name: string): Manifest[] =>
  [
    ['Role', 'RoleBinding', 'pods', { namespace: 'default' }] as const,
    ['ClusterRole', 'ClusterRoleBinding', 'nodes', {}] as const,
  ].flatMap(([role, binding, resource, place]): Manifest[] => [
    {
      apiVersion: `${rbac}/v1`,
      kind: role,
      metadata: { name, ...place },
      rules: [{ apiGroups: [''], resources: [resource], verbs: ['get'] }],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: binding,
      metadata: { name, ...place },
      roleRef: { apiGroup: rbac, kind: role, name },
      subjects: [{ apiGroup: rbac, kind: 'Group', name }],
    },
  ]);
