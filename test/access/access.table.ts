import type { Manifest } from '../kubernetes/manifest.ts';
import { listAt } from '../kubernetes/field.path.ts';
import { markdownTable } from '../markdown.table.ts';
import { questionsAbout, titleOf, type Question } from './questions.ts';
import { rightsOf, strings, type Request } from './rights.ts';
import { subjectsOf, type Subject } from './subjects.ts';

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

/** All names to which a rule confines itself. */
const namesOf = (objects: readonly Manifest[]): string[] => [
  ...new Set(
    objects.flatMap((role) => listAt(role, 'rules')).flatMap((rule) => strings(rule, 'resourceNames')),
  ),
];

/** What a subject may do with a resource: verbs, with the name where only one object is meant. */
export const allowedVerbs = (
  objects: readonly Manifest[],
  subject: Subject,
  question: Question,
  home: string | undefined,
): string[] => verbsOf(rightsOf(objects, subject), namesOf(objects), question, home);

function verbsOf(
  isAllowed: (request: Request) => boolean,
  names: readonly string[],
  { group, resource, isOfCluster, verbs = [] }: Question,
  home: string | undefined,
): string[] {
  const namespace = isOfCluster ? undefined : home;
  return verbs.flatMap((verb) => {
    const request = { verb, group, resource, namespace };
    if (isAllowed(request)) return [verb];
    return names.filter((name) => isAllowed({ ...request, name })).map((name) => `${verb}(${name})`);
  });
}

/** Who may do what in a namespace, as a Markdown table: a row per resource, a column per subject. */
export function accessTable(
  objects: readonly Manifest[],
  namespace: string,
  questions = questionsAbout(objects),
): string {
  const subjects = subjectsOf(objects);
  const rights = subjects.map((subject) => rightsOf(objects, subject));
  const names = namesOf(objects);
  const rows = questions.map((question) => [
    titleOf(question),
    ...rights.map((isAllowed) => verbsOf(isAllowed, names, question, namespace).join(' ') || '·'),
  ]);
  return markdownTable([['may', ...subjects.map(({ name }) => name)], ...rows]);
}

const matters = /^(?:Namespace|ServiceAccount|(?:Cluster)?Role(?:Binding)?)$/;

/** Those of the objects that rights hang on, with what the cluster brings along. */
export const rightsIn = (objects: readonly Manifest[]): Manifest[] => [
  ...objects.filter(({ kind }) => matters.test(kind)),
  ...builtIn,
];

/** The namespace that is rendered. */
export const namespaceOf = (objects: readonly Manifest[]): string =>
  objects.find(({ kind }) => kind === 'Namespace')?.metadata.name ?? '';

/** Who may do what where these objects are deployed, as a Markdown table. */
export const accessTableOf = (objects: readonly Manifest[]): string =>
  accessTable(rightsIn(objects), namespaceOf(objects));
