import type { Manifest } from '../kubernetes/manifest.ts';
import { at, listAt, type Fields } from '../kubernetes/field.path.ts';

/** Who asks: a user, or a service account, with the groups that come with it. */
export interface Subject {
  /** In tables. */
  readonly name: string;
  readonly user?: string;
  readonly account?: { readonly namespace: string; readonly name: string };
  readonly groups: readonly string[];
}

/** A request of the API server, for an object or, with `url`, for a path that is none. */
export interface Request {
  readonly verb: string;
  /** `''` is the core group. */
  readonly group?: string;
  /** With its subresource: `pods/exec`. */
  readonly resource?: string;
  readonly name?: string;
  /** undefined: in all namespaces, or an object of the cluster. */
  readonly namespace?: string;
  readonly url?: string;
}

/** An account, in the groups that Kubernetes puts it into. */
export const accountOf = (namespace: string, name: string): Subject => ({
  name: `account ${name}`,
  account: { namespace, name },
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
});

/** Somebody whom the cluster's login puts into a group. */
export const memberOf = (group: string): Subject => ({
  name: `group ${group}`,
  user: `somebody of ${group}`,
  groups: [group, 'system:authenticated'],
});

/**
 * Whether roles and bindings allow a request; what isn't allowed is denied. Of what a cluster brings along, only the roles among
 * the objects are known.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export function isAllowed(objects: readonly Manifest[], subject: Subject, request: Request): boolean {
  return objects
    .filter((binding) => isBindingFor(binding, request))
    .filter((binding) => listAt(binding, 'subjects').some((bound) => isSubject(bound, subject)))
    .flatMap((binding) => rulesOf(objects, binding))
    .some((rule) => isRule(rule, request));
}

/** A role binding counts in its namespace, whatever role it names. */
const isBindingFor = ({ kind, metadata }: Manifest, { namespace, url }: Request): boolean =>
  kind === 'ClusterRoleBinding' ||
  (kind === 'RoleBinding' &&
    url === undefined &&
    namespace !== undefined &&
    metadata.namespace === namespace);

function isSubject(bound: Fields, { user, account, groups }: Subject): boolean {
  const { kind, name, namespace } = bound;
  if (kind === 'Group') return groups.includes(String(name));
  if (kind === 'ServiceAccount') return account?.name === name && account?.namespace === namespace;
  const full = account === undefined ? user : `system:serviceaccount:${account.namespace}:${account.name}`;
  return kind === 'User' && name === full;
}

function rulesOf(objects: readonly Manifest[], { metadata, roleRef }: Manifest): Fields[] {
  const [kind, name] = [at(roleRef, 'kind'), at(roleRef, 'name')];
  const role = objects.find(
    (candidate) =>
      candidate.kind === kind &&
      candidate.metadata.name === name &&
      (kind === 'ClusterRole' || candidate.metadata.namespace === metadata.namespace),
  );
  return listAt(role, 'rules');
}

function isRule(rule: Fields, { verb, group = '', resource = '', name, url }: Request): boolean {
  if (!has(rule, 'verbs', verb)) return false;
  if (url !== undefined) return strings(rule, 'nonResourceURLs').some((pattern) => isUrl(pattern, url));
  const names = strings(rule, 'resourceNames');
  return (
    has(rule, 'apiGroups', group) &&
    strings(rule, 'resources').some((pattern) => isResource(pattern, resource)) &&
    // A list by names is of no use for verbs that have none.
    (names.length === 0 || (name !== undefined && names.includes(name)))
  );
}

const strings = (rule: Fields, field: string): string[] =>
  (listAt(rule, field) as readonly unknown[]).map(String);
const has = (rule: Fields, field: string, value: string): boolean =>
  strings(rule, field).some((entry) => entry === '*' || entry === value);

/** `*` is every resource and subresource, `*` before a slash every resource with that subresource; `pods` alone has none of its own. */
function isResource(pattern: string, resource: string): boolean {
  if (pattern === '*' || pattern === resource) return true;
  const [, subresource] = resource.split('/');
  return subresource !== undefined && pattern === `*/${subresource}`;
}

const isUrl = (pattern: string, url: string): boolean =>
  pattern.endsWith('*') ? url.startsWith(pattern.slice(0, -1)) : pattern === url;
