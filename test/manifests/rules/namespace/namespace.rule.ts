import { fault, type Fault, type Rule } from '../rule.contract.ts';
import { objectsOf, type AnyObject } from '../../../kubernetes/object.draft.ts';
import { mustBe, mustHold } from '../field.check.ts';
import { perKind, perObject } from '../rule.scope.ts';

/** Kinds that have no namespace. */
const clusterWide = /^(?:Namespace|Cluster.*|PriorityClass|StorageClass|(?:Validating|Mutating)Admission.*)$/;

export const namesItsNamespace: Rule = {
  id: 'explicit-namespace',
  title: 'Every object names its namespace, which is rendered with it and none of the cluster',
  row: 22,
  scanners: {
    checkov: ['CKV_K8S_21'],
    trivy: ['KSV-0110'],
    kubescape: ['C-0061', 'C-0212'],
    kubeLinter: ['use-namespace'],
    kyverno: ['disallow-default-namespace'],
  },
  check: perObject(({ kind = '', metadata }, all): Fault[] => {
    if (clusterWide.test(kind)) return [];
    const isRendered = all.some(
      (object) => object.kind === 'Namespace' && object.metadata?.name === metadata?.namespace,
    );
    return isRendered && !/^(?:default|kube-.*)$/.test(metadata?.namespace ?? 'default')
      ? []
      : [fault('/metadata/namespace', `is ${metadata?.namespace}`, 'name a namespace that is guarded here')];
  }),
};

const modes = ['enforce', 'audit', 'warn'] as const;
const isPinned = (version: unknown): boolean => /^v1\.\d{2}$/.test(String(version));

export const guardsNamespaces: Rule = {
  id: 'pod-security-labels',
  title:
    'Every namespace enforces, audits and warns by the restricted profile of a pinned version, and is marked as guarded',
  row: 31,
  scanners: { kubescape: ['C-0192'], kyverno: ['add-psa-labels'] },
  check: perKind('Namespace', ({ metadata }) => {
    const labels = Object.fromEntries(
      Object.entries(metadata?.labels ?? {}).map(([key, value]) => [key.replace('/', '~'), value]),
    );
    const found = [
      ...modes.flatMap((mode) => [
        ...mustBe(labels, `/pod-security.kubernetes.io~${mode}`, 'restricted'),
        ...mustHold(labels, `/pod-security.kubernetes.io~${mode}-version`, isPinned, 'pin it, like v1.37'),
      ]),
      // The admission policies of the cluster bind to this one.
      ...mustBe(labels, '/secure-backend~guarded', 'true'),
    ];
    return found.map((each) => ({ ...each, at: `/metadata/labels${each.at.replace('~', '~1')}` }));
  }),
};

const quotas = [
  'pods',
  ...['requests', 'limits'].flatMap((field) =>
    ['cpu', 'memory', 'ephemeral-storage'].map((resource) => `${field}.${resource}`),
  ),
  'persistentvolumeclaims',
  'requests.storage',
];
const outside = ['services.nodeports', 'services.loadbalancers'];

export const limitsNamespaces: Rule = {
  id: 'quota-and-limit-range',
  title: 'Every namespace has one quota and one limit range, and both are complete',
  row: 30,
  scanners: { trivy: ['KSV-0039', 'KSV-0040'], kyverno: ['add-ns-quota'] },
  check: perKind('Namespace', ({ metadata }, manifests) => {
    const here = (object: Pick<AnyObject, 'metadata'>): boolean =>
      object.metadata?.namespace === metadata?.name;
    const [quota, ...otherQuotas] = objectsOf(manifests, 'ResourceQuota').filter(here);
    const [range, ...otherRanges] = objectsOf(manifests, 'LimitRange').filter(here);
    const container = range?.spec?.limits?.find(({ type }) => type === 'Container');
    const claim = range?.spec?.limits?.find(({ type }) => type === 'PersistentVolumeClaim');
    const hard: Readonly<Record<string, unknown>> = quota?.spec?.hard ?? {};
    const lacks = [
      ...quotas.filter((name) => hard[name] === undefined),
      ...outside.filter((name) => String(hard[name]) !== '0'),
      ...(['default', 'defaultRequest', 'min', 'max'] as const).flatMap((field) =>
        ['cpu', 'memory', 'ephemeral-storage']
          .filter(
            (resource) =>
              (container?.[field] as Readonly<Record<string, unknown>> | undefined)?.[resource] === undefined,
          )
          .map((resource) => `${field} ${resource}`),
      ),
      ...(['min', 'max'] as const)
        .filter((field) => claim?.[field]?.['storage'] === undefined)
        .map((field) => `${field} storage`),
      ...[...otherQuotas, ...otherRanges].map((other) => `only one: ${other.metadata?.name} is a second`),
    ];
    return lacks.map((name) =>
      fault('', `has no limit: ${name}`, 'complete its ResourceQuota and LimitRange'),
    );
  }),
};
