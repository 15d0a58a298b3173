import { listAt } from '../kubernetes/field.path.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { strings } from './rights.ts';

/** What a row of the table asks about: a resource, and what one may want to do with it. */
export interface Question {
  /** undefined: the core group. */
  readonly group?: string;
  /** With its subresource: `pods/exec`. */
  readonly resource: string;
  readonly verbs?: readonly string[];
  /** An object of the cluster: only a binding of the cluster gives rights to it. */
  readonly isOfCluster?: true;
}

const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];

const of = (group: string | undefined, ...resources: string[]): Question[] =>
  resources.map((resource) => ({ resource, ...(group === undefined ? {} : { group }) }));
const ofCluster = (group: string | undefined, ...resources: string[]): Question[] =>
  of(group, ...resources).map((question) => ({ ...question, isOfCluster: true }));
const and = (more: readonly string[], questions: readonly Question[]): Question[] =>
  questions.map((question) => ({ ...question, verbs: more }));

const rbac = 'rbac.authorization.k8s.io';
const isMade = ['bind', 'escalate'];

/** What is asked of everybody: what must not be, and what is needed. */
const questions: readonly Question[] = [
  ...of(undefined, 'secrets', 'serviceaccounts/token'),
  // A WebSocket enters a pod by `get`.
  ...of(undefined, 'pods/exec', 'pods/attach', 'pods/portforward', 'pods/proxy', 'services/proxy'),
  ...of(undefined, 'pods/ephemeralcontainers', 'pods', 'pods/log', 'pods/eviction'),
  ...of(undefined, 'configmaps', 'services', 'events', 'persistentvolumeclaims'),
  ...of(undefined, 'resourcequotas', 'limitranges', 'endpoints', 'replicationcontrollers'),
  ...of('apps', 'deployments', 'deployments/scale', 'statefulsets', 'statefulsets/scale'),
  ...of('apps', 'replicasets', 'daemonsets'),
  ...of('batch', 'jobs', 'cronjobs'),
  ...of('autoscaling', 'horizontalpodautoscalers'),
  ...of('policy', 'poddisruptionbudgets'),
  ...of('networking.k8s.io', 'networkpolicies', 'ingresses'),
  ...of('discovery.k8s.io', 'endpointslices'),
  ...of('metrics.k8s.io', 'pods'),
  ...of('coordination.k8s.io', 'leases'),
  ...and(isMade, of(rbac, 'roles')),
  ...of(rbac, 'rolebindings'),
  ...and(['impersonate'], of(undefined, 'serviceaccounts')),
  ...and(['impersonate'], ofCluster(undefined, 'users', 'groups')),
  ...and(isMade, ofCluster(rbac, 'clusterroles')),
  ...ofCluster(rbac, 'clusterrolebindings'),
  ...ofCluster(undefined, 'namespaces', 'nodes', 'nodes/proxy', 'persistentvolumes'),
  ...ofCluster('admissionregistration.k8s.io', 'validatingadmissionpolicies'),
  ...ofCluster('admissionregistration.k8s.io', 'validatingadmissionpolicybindings'),
  ...ofCluster('authentication.k8s.io', 'tokenreviews'),
  ...ofCluster('authorization.k8s.io', 'subjectaccessreviews'),
];

/** `deployments.apps`. */
export const titleOf = ({ group, resource }: Question): string =>
  `${resource}${group === undefined ? '' : `.${group}`}`;

/** With whatever some role names beside, so that no right goes without a row. */
export function questionsAbout(objects: readonly Manifest[]): Question[] {
  const rules = objects
    .filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole')
    .flatMap((role) => listAt(role, 'rules'));
  const named = rules.flatMap((rule) =>
    strings(rule, 'apiGroups').flatMap((group) => of(group || undefined, ...strings(rule, 'resources'))),
  );
  const byTitle = new Map([...named, ...questions].map((question) => [titleOf(question), question]));
  const titles = new Set([...questions, ...named].map((question) => titleOf(question)));
  const rare = rules.flatMap((rule) => strings(rule, 'verbs')).filter((verb) => verb !== '*');
  return [...titles]
    .map((title) => byTitle.get(title))
    .filter((question) => question !== undefined)
    .map((question) => ({
      ...question,
      verbs: [...new Set([...verbs, ...(question.verbs ?? []), ...rare])],
    }));
}

/** The row of one resource of the core group. @throws when there is none */
export function questionAbout(objects: readonly Manifest[], resource: string): Question {
  const found = questionsAbout(objects).find((question) => titleOf(question) === resource);
  if (found === undefined) throw new Error(`no row asks about ${resource}`);
  return found;
}
