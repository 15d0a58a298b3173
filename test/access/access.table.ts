import type { Manifest } from '../kubernetes/manifest.ts';
import { listAt } from '../kubernetes/field.path.ts';
import { markdownTable } from '../markdown.table.ts';
import { questionsAbout, titleOf } from './questions.ts';
import { accountOf, isAllowed, memberOf, type Subject } from './rights.ts';

/** What a cluster brings along and our bindings name. */
export const builtIn: readonly Manifest[] = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'system:auth-delegator' },
    rules: [
      { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
      { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
    ],
  },
];

/** Groups that a binding names, all accounts, and somebody who has only logged in. */
export function subjectsOf(objects: readonly Manifest[]): Subject[] {
  const groups = objects
    .flatMap((binding) => listAt(binding, 'subjects'))
    .filter(({ kind }) => kind === 'Group');
  const accounts = objects.filter(({ kind }) => kind === 'ServiceAccount');
  return [
    ...[...new Set(groups.map(({ name }) => name as string))].map((name) => memberOf(name)),
    ...accounts.map(({ metadata }) => accountOf(metadata.namespace ?? '', metadata.name)),
    { ...memberOf('system:authenticated'), name: 'anybody' },
  ];
}

/** Who may do what in a namespace, as a Markdown table: a row per request, a column per subject. */
export function accessTable(
  objects: readonly Manifest[],
  namespace: string,
  questions = questionsAbout(objects),
): string {
  const subjects = subjectsOf(objects);
  const rows = questions.map((request) => [
    titleOf(request),
    // Reviews are no objects of a namespace.
    ...subjects.map((subject) =>
      isAllowed(objects, subject, request.resource?.endsWith('reviews') ? request : { ...request, namespace })
        ? '✓'
        : '·',
    ),
  ]);
  return markdownTable([['may', ...subjects.map(({ name }) => name)], ...rows]);
}
