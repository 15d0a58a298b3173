import type { Manifest } from '../kubernetes/manifest.ts';
import { at, listAt, type Fields } from '../kubernetes/field.path.ts';
import { selects } from '../kubernetes/label.selector.ts';
import type { Subject } from './subjects.ts';

/** A request of the API server, for an object or, with `url`, for a path that is none. */
export interface Request {
  readonly verb: string;
  /** undefined: the core group. */
  readonly group?: string | undefined;
  /** With its subresource: `pods/exec`. */
  readonly resource?: string;
  readonly name?: string | undefined;
  /** undefined: in all namespaces, or an object of the cluster. */
  readonly namespace?: string | undefined;
  readonly url?: string;
}

/**
 * Whether roles and bindings allow a request; what isn't allowed is denied.
 *
 * @throws when a binding leads to a role that isn't among the objects: nobody knows what it allows
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export const isAllowed = (objects: readonly Manifest[], subject: Subject, request: Request): boolean =>
  rightsOf(objects, subject)(request);

/** {@link isAllowed} for many requests of one subject: most have no binding at all. */
export function rightsOf(objects: readonly Manifest[], subject: Subject): (request: Request) => boolean {
  const bindings = objects.filter((binding) =>
    listAt(binding, 'subjects').some((bound) => isSubject(bound, subject)),
  );
  return (request) =>
    bindings
      .filter((binding) => isBindingFor(binding, request))
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
  return kind === 'User' && name === user;
}

function rulesOf(objects: readonly Manifest[], { metadata, roleRef }: Manifest): Fields[] {
  const [kind, name] = [at(roleRef, 'kind'), at(roleRef, 'name')];
  const role = objects.find(
    (candidate) =>
      candidate.kind === kind &&
      candidate.metadata.name === name &&
      (kind === 'ClusterRole' || candidate.metadata.namespace === metadata.namespace),
  );
  if (role === undefined) {
    throw new Error(`${metadata.name} leads to ${String(kind)} ${String(name)}, of which nothing is known`);
  }
  return rulesIn(objects, role);
}

/** An aggregating cluster role has the rules of all that its selectors mean, in place of its own. */
function rulesIn(objects: readonly Manifest[], role: Manifest, above: readonly Manifest[] = []): Fields[] {
  if (role['aggregationRule'] === undefined) return listAt(role, 'rules');
  return listAt(role, 'aggregationRule', 'clusterRoleSelectors').flatMap((selector) =>
    objects
      .filter(({ kind, metadata }) => kind === 'ClusterRole' && selects(selector, metadata.labels ?? {}))
      .filter((one) => one !== role && !above.includes(one))
      .flatMap((one) => rulesIn(objects, one, [...above, role])),
  );
}

function isRule(rule: Fields, { verb, group = '', resource = '', name, url }: Request): boolean {
  if (!has(rule, 'verbs', verb)) return false;
  if (url !== undefined) return strings(rule, 'nonResourceURLs').some((pattern) => isUrl(pattern, url));
  const names = strings(rule, 'resourceNames');
  return (
    has(rule, 'apiGroups', group) &&
    strings(rule, 'resources').some((pattern) => isResource(pattern, resource)) &&
    // A list by names is of no use for requests that have none.
    (names.length === 0 || (name !== undefined && names.includes(name)))
  );
}

export const strings = (rule: Fields, field: string): string[] =>
  (listAt(rule, field) as readonly unknown[]).map(String);
const has = (rule: Fields, field: string, value: string): boolean =>
  strings(rule, field).some((entry) => entry === '*' || entry === value);

/**
 * `*` is every resource and subresource, `*` before a slash every resource with that subresource; `pods` alone has none of its own,
 * and `pods/*` means nothing.
 *
 * @see ResourceMatches in kubernetes/pkg/apis/rbac/v1/evaluation_helpers.go
 */
function isResource(pattern: string, resource: string): boolean {
  if (pattern === '*' || pattern === resource) return true;
  const [, subresource] = resource.split('/');
  return subresource !== undefined && pattern === `*/${subresource}`;
}

const isUrl = (pattern: string, url: string): boolean =>
  pattern.endsWith('*') ? url.startsWith(pattern.slice(0, -1)) : pattern === url;
