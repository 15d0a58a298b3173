import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../../repository.files.ts';

export const levels = ['None', 'Metadata', 'Request', 'RequestResponse'] as const;
export type Level = (typeof levels)[number];

const texts = z.array(z.string()).default([]);
const rule = z.strictObject({
  level: z.enum(levels),
  users: texts,
  userGroups: texts,
  verbs: texts,
  namespaces: texts,
  nonResourceURLs: texts,
  resources: z
    .array(z.strictObject({ group: z.string().default(''), resources: texts, resourceNames: texts }))
    .default([]),
  omitStages: texts,
});
const policy = z.strictObject({
  apiVersion: z.literal('audit.k8s.io/v1'),
  kind: z.literal('Policy'),
  omitStages: texts,
  omitManagedFields: z.boolean().default(false),
  rules: z.array(rule).min(1),
});

export type AuditPolicy = z.infer<typeof policy>;
type Rule = z.infer<typeof rule>;

/** What a request is to an audit policy. */
export interface AuditedRequest {
  readonly user: string;
  readonly groups: readonly string[];
  readonly verb: string;
  /** Without its query; decides only when there is no resource. */
  readonly path: string;
  readonly resource?: {
    group: string;
    name: string;
    subresource?: string;
    namespace?: string;
    object?: string;
  };
}

/** The text of the committed audit policy. */
export const readAuditPolicy = (): string =>
  readFileSync(join(root, 'k8s/cluster/audit/audit-policy.yaml'), 'utf8');

/** @throws ZodError for a field the API server doesn't know */
export const parseAuditPolicy = (text: string): AuditPolicy => policy.parse(parse(text));

/** The level of the first rule that matches, as k8s.io/apiserver/pkg/audit/policy decides it. */
export const levelOf = ({ rules }: AuditPolicy, request: AuditedRequest): Level =>
  rules.find((candidate) => matches(candidate, request))?.level ?? 'None';

const isOneOf = (list: readonly string[], value: string): boolean =>
  list.length === 0 || list.includes(value);

function matches(candidate: Rule, request: AuditedRequest): boolean {
  const { users, userGroups, verbs, namespaces, resources, nonResourceURLs } = candidate;
  if (!isOneOf(users, request.user) || !isOneOf(verbs, request.verb)) return false;
  if (userGroups.length > 0 && !userGroups.some((group) => request.groups.includes(group))) return false;
  if (namespaces.length > 0 || resources.length > 0) return matchesResource(candidate, request);
  if (nonResourceURLs.length === 0) return true;
  return (
    request.resource === undefined && nonResourceURLs.some((pattern) => matchesPath(pattern, request.path))
  );
}

const matchesPath = (pattern: string, path: string): boolean =>
  pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : pattern === path;

function matchesResource({ namespaces, resources }: Rule, { resource }: AuditedRequest): boolean {
  if (!resource || !isOneOf(namespaces, resource.namespace ?? '')) return false;
  if (resources.length === 0) return true;
  const whole = resource.subresource ? `${resource.name}/${resource.subresource}` : resource.name;
  const patterns = new Set(['*', whole, `${resource.name}/*`]);
  if (resource.subresource) patterns.add(`*/${resource.subresource}`);
  return resources.some(
    ({ group, resources: names, resourceNames }) =>
      group === resource.group &&
      (names.length === 0 ||
        (isOneOf(resourceNames, resource.object ?? '') && names.some((name) => patterns.has(name)))),
  );
}
