import {
  beside,
  drop,
  dropObject,
  mutation,
  service,
  set,
  type Mutation,
  type Target,
} from './mutation.contract.ts';

const namespace: Target = { kind: 'Namespace' };
const quota: Target = { kind: 'ResourceQuota' };
const range: Target = { kind: 'LimitRange' };
const label = (name: string): string => `/metadata/labels/pod-security.kubernetes.io~1${name}`;

/** What can be wrong with a namespace and its guard. */
export const namespaceMutations: readonly Mutation[] = [
  mutation(
    'an object of no namespace',
    { kind: 'Role' },
    drop('/metadata/namespace'),
    'binding-of-own-role',
    'explicit-namespace',
  ),
  mutation(
    'an object of the default namespace',
    { kind: 'ConfigMap', component: 'caller' },
    set('/metadata/namespace', 'default'),
    'explicit-namespace',
  ),
  mutation(
    'a namespace of the baseline profile',
    namespace,
    set(label('enforce'), 'baseline'),
    'pod-security-labels',
  ),
  mutation(
    'a namespace of any version',
    namespace,
    set(label('enforce-version'), 'latest'),
    'pod-security-labels',
  ),
  mutation('a namespace that audits nothing', namespace, drop(label('audit')), 'pod-security-labels'),
  mutation(
    'a namespace without admission policies',
    namespace,
    drop('/metadata/labels/secure-backend~1guarded'),
    'pod-security-labels',
  ),
  mutation('no quota', quota, dropObject, 'quota-and-limit-range'),
  mutation('a quota of some things', quota, drop('/spec/hard/limits.memory'), 'quota-and-limit-range'),
  mutation(
    'a quota with node ports',
    quota,
    set('/spec/hard/services.nodeports', '1'),
    'quota-and-limit-range',
  ),
  mutation('two quotas', quota, beside(set('/metadata/name', 'another')), 'quota-and-limit-range'),
  mutation('a quota that a rollout breaks', quota, set('/spec/hard/limits.cpu', '16'), 'quota-fits'),
  mutation('a quota of too few pods', quota, set('/spec/hard/pods', '10'), 'quota-fits'),
  mutation('no limit range', range, dropObject, 'quota-and-limit-range'),
  mutation('a limit range without defaults', range, drop('/spec/limits/0/default'), 'quota-and-limit-range'),
  mutation(
    'a limit range that is too narrow',
    range,
    set('/spec/limits/0/max/memory', '64Mi'),
    'limit-range-respected',
  ),
  mutation(
    'more pods than the quota has',
    { kind: 'HorizontalPodAutoscaler' },
    set('/spec/maxReplicas', 40),
    'connection-budget',
    'quota-fits',
  ),
  mutation(
    'containers of more than there is',
    service,
    set('/spec/template/spec/containers/0/resources/requests/cpu', '2'),
    'quota-fits',
  ),
];
