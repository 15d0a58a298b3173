import { listAt } from '../kubernetes/field.path.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import type { Request } from './rights.ts';

const core = (resource: string, ...verbs: string[]): Request[] => verbs.map((verb) => ({ verb, resource }));
const of = (group: string, resource: string, ...verbs: string[]): Request[] =>
  verbs.map((verb) => ({ verb, group, resource }));

/** What is always asked of everybody: what must not be. */
const dangers: readonly Request[] = [
  ...core('secrets', 'get', 'list', 'watch', 'create', 'delete'),
  ...core('serviceaccounts/token', 'create'),
  ...core('pods/exec', 'create'),
  ...core('pods/attach', 'create'),
  ...core('pods/portforward', 'create'),
  ...core('pods/ephemeralcontainers', 'patch'),
  ...core('pods', 'list', 'create', 'delete'),
  ...core('pods/log', 'get'),
  ...core('pods/eviction', 'create'),
  ...core('configmaps', 'list', 'patch'),
  ...core('services', 'list', 'patch'),
  ...core('serviceaccounts', 'list', 'create'),
  ...core('resourcequotas', 'list', 'patch'),
  ...core('limitranges', 'patch'),
  ...core('persistentvolumeclaims', 'list', 'delete'),
  ...core('users', 'impersonate'),
  ...core('events', 'list'),
  ...of('apps', 'deployments', 'list', 'create', 'patch', 'update', 'delete'),
  ...of('apps', 'statefulsets', 'list', 'patch', 'delete'),
  ...of('apps', 'replicasets', 'list'),
  ...of('batch', 'jobs', 'list', 'create', 'delete'),
  ...of('autoscaling', 'horizontalpodautoscalers', 'list', 'patch'),
  ...of('policy', 'poddisruptionbudgets', 'list', 'patch'),
  ...of('networking.k8s.io', 'networkpolicies', 'list', 'create', 'patch', 'delete'),
  ...of('discovery.k8s.io', 'endpointslices', 'list', 'create'),
  ...of('metrics.k8s.io', 'pods', 'list'),
  ...of('rbac.authorization.k8s.io', 'roles', 'list', 'create', 'patch', 'bind', 'escalate'),
  ...of('rbac.authorization.k8s.io', 'rolebindings', 'list', 'create', 'patch'),
  ...of('authentication.k8s.io', 'tokenreviews', 'create'),
];

/** `patch deployments.apps`. */
export const titleOf = ({ verb, group, resource }: Request): string =>
  `${verb} ${resource}${group === undefined ? '' : `.${group}`}`;

const strings = (rule: Readonly<Record<string, unknown>>, field: string): string[] =>
  (listAt(rule, field) as readonly unknown[]).map(String);

/** Everything that some role grants, so that no grant goes without a row, and what must not be. */
export function questionsAbout(objects: readonly Manifest[]): Request[] {
  const granted = objects
    .filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole')
    .flatMap((role) => listAt(role, 'rules'))
    .flatMap((rule) =>
      strings(rule, 'apiGroups').flatMap((group) =>
        strings(rule, 'resources').flatMap((resource) =>
          strings(rule, 'verbs').map((verb): Request => ({
            verb,
            resource,
            ...(group === '' ? {} : { group }),
          })),
        ),
      ),
    );
  const byTitle = new Map([...dangers, ...granted].map((request) => [titleOf(request), request]));
  return [...byTitle.values()];
}
