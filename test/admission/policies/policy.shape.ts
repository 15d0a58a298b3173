import { z } from 'zod';
import type { Manifest } from '../../kubernetes/manifest.ts';

const variable = z.object({ name: z.string(), expression: z.string() });
const policy = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    failurePolicy: z.string().optional(),
    paramKind: z.object({ kind: z.string() }).optional(),
    matchConstraints: z.object({
      resourceRules: z.array(z.object({ resources: z.array(z.string()), operations: z.array(z.string()) })),
    }),
    matchConditions: z.array(variable).default([]),
    variables: z.array(variable).default([]),
    validations: z.array(z.object({ expression: z.string(), message: z.string().default('') })).min(1),
  }),
});
const binding = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    policyName: z.string(),
    validationActions: z.array(z.string()).default([]),
    matchResources: z
      .object({ namespaceSelector: z.object({ matchLabels: z.record(z.string(), z.string()) }) })
      .optional(),
    paramRef: z.object({ parameterNotFoundAction: z.string() }).optional(),
  }),
});

type Policy = z.infer<typeof policy>;
type Binding = z.infer<typeof binding>;

/** Where a pod can come from; a policy that leaves one out can be walked around. */
const podMakers = [
  'pods',
  'pods/ephemeralcontainers',
  'pods/resize',
  'podtemplates',
  'replicationcontrollers',
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
  'jobs',
  'cronjobs',
];

const containerKinds = ['containers', 'initContainers', 'ephemeralContainers'];

/** The API takes neither resources nor probes in ephemeral containers. */
const withoutEphemeral = ['secure-backend-resource-bounds', 'secure-backend-probes'];

/** These judge the pod, whatever its containers say. */
const ofThePod = ['secure-backend-service-account', 'secure-backend-system-priority'];

/** What is wrong with the policies and bindings among some objects, each as a sentence. */
export function shapeFaults(objects: readonly Manifest[]): string[] {
  const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);
  const bindings = ofKind('ValidatingAdmissionPolicyBinding').map((object) => binding.parse(object));
  const policies = ofKind('ValidatingAdmissionPolicy').map((object) => policy.parse(object));
  return policies.flatMap((one) => {
    const own = bindings.filter(({ spec }) => spec.policyName === one.metadata.name);
    const faults = [...policyFaults(one), ...(own.length === 0 ? ['is bound nowhere'] : [])];
    return [...faults, ...own.flatMap((bound) => bindingFaults(bound, one))].map(
      (fault) => `${one.metadata.name} ${fault}`,
    );
  });
}

function policyFaults({ metadata: { name }, spec }: Policy): string[] {
  const matched = spec.matchConstraints.resourceRules.flatMap(({ resources }) => resources);
  const isOfPods = !matched.includes('services');
  const missed = isOfPods ? podMakers.filter((resource) => !matched.includes(resource)) : [];
  const operations = spec.matchConstraints.resourceRules.map((rule) => rule.operations.toSorted().join());
  return [
    ...(spec.failurePolicy === 'Fail' ? [] : ['admits when it fails']),
    ...missed.map((resource) => `does not see ${resource}`),
    ...(operations.every((list) => list === 'CREATE,UPDATE') ? [] : ['does not see every change']),
    ...(spec.matchConditions.length === 1 ? [] : ['stops what was there before it']),
    ...(isOfPods ? unseenContainers(name, spec).map((kind) => `does not visit ${kind}`) : []),
    ...spec.validations.filter(({ message }) => !/[;:] \w/.test(message)).map(() => 'names no cure'),
  ];
}

/** Container kinds that no expression reaches, followed through the variables. */
function unseenContainers(name: string, { variables, validations }: Policy['spec']): string[] {
  if (ofThePod.includes(name)) return [];
  const reached = new Set<string>();
  const follow = (expression: string): void => {
    for (const { name: variableName, expression: inner } of variables) {
      if (reached.has(inner) || !new RegExp(String.raw`\bvariables\.${variableName}\b`).test(expression))
        continue;
      reached.add(inner);
      follow(inner);
    }
  };
  for (const { expression } of validations) follow(expression);
  const isVisited = (kind: string) =>
    [...reached].some((text) => new RegExp(String.raw`podSpec\.\?${kind}\b`).test(text));
  return containerKinds.filter(
    (kind) => !isVisited(kind) && !(kind === 'ephemeralContainers' && withoutEphemeral.includes(name)),
  );
}

function bindingFaults({ spec }: Binding, { spec: { paramKind } }: Policy): string[] {
  const labels = spec.matchResources?.namespaceSelector.matchLabels ?? {};
  const isOurs = JSON.stringify(labels) === JSON.stringify({ 'secure-backend/guarded': 'true' });
  return [
    ...(['Deny', 'Audit'].every((action) => spec.validationActions.includes(action)) ? [] : ['only warns']),
    ...(isOurs ? [] : ['is not bound by the label of guarded namespaces']),
    ...(paramKind && spec.paramRef?.parameterNotFoundAction !== 'Deny'
      ? ['admits without its parameter']
      : []),
  ];
}
