import { beside, drop, dropObject, mutation, set, type Mutation, type Target } from './mutation.contract.ts';

const policy = (component: string): Target => ({ kind: 'NetworkPolicy', component });
const ingress = (pointer: string): string => `/spec/ingress/0${pointer}`;
const egress = (pointer: string): string => `/spec/egress/0${pointer}`;

/** What can be wrong with NetworkPolicies. */
export const networkMutations: readonly Mutation[] = [
  mutation('no default deny', policy('guard'), dropObject, 'default-deny'),
  mutation(
    'a default deny of one direction',
    policy('guard'),
    set('/spec/policyTypes', ['Ingress']),
    'default-deny',
    'policy-per-pod',
  ),
  mutation(
    'a default deny that allows',
    policy('guard'),
    set('/spec/ingress', [{}]),
    'default-deny',
    'policy-peers-named',
    'policy-ports-named',
  ),
  mutation('a pod without a policy', policy('migrations'), dropObject, 'policy-per-pod'),
  mutation(
    'a pod without a policy, which a Service leads to',
    policy('database'),
    dropObject,
    'policy-per-pod',
  ),
  mutation(
    'a policy for nobody',
    policy('caller'),
    set('/spec/podSelector/matchLabels', { 'app.kubernetes.io/name': 'nobody' }),
    'policy-per-pod',
  ),
  mutation(
    'a policy of everybody',
    policy('caller'),
    set('/spec/podSelector', { matchLabels: { 'app.kubernetes.io/part-of': 'secure-backend' } }),
    'policy-per-pod',
  ),
  mutation(
    'a policy of one direction',
    policy('api'),
    set('/spec/policyTypes', ['Ingress']),
    'policy-per-pod',
  ),
  mutation(
    'two policies for a pod',
    policy('api'),
    beside(set('/metadata/name', 'another')),
    'metrics-reachable',
    'policy-per-pod',
  ),
  mutation('a flow from anywhere', policy('api'), drop(ingress('/from')), 'policy-peers-named'),
  mutation(
    'a flow from the whole namespace',
    policy('api'),
    set(ingress('/from/0/podSelector'), {}),
    'policy-peers-named',
  ),
  mutation(
    'a flow from all namespaces',
    policy('database'),
    set(ingress('/from/0/namespaceSelector'), {}),
    'policy-peers-named',
  ),
  mutation(
    'a flow from a whole namespace',
    policy('database'),
    set(ingress('/from/0'), {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'default' } },
    }),
    'policy-peers-named',
  ),
  mutation(
    'a flow to the internet',
    policy('api'),
    set(egress('/to/0'), { ipBlock: { cidr: '0.0.0.0/0' } }),
    'no-wide-address-block',
  ),
  mutation(
    'a flow to the metadata of the cloud',
    policy('api'),
    set(egress('/to/0'), { ipBlock: { cidr: '169.254.169.254/32' } }),
    'no-wide-address-block',
  ),
  mutation(
    'a flow to nobody',
    policy('api'),
    set(egress('/to/0/podSelector/matchLabels'), { 'app.kubernetes.io/name': 'nobody' }),
    'policy-peers-exist',
  ),
  mutation(
    'a flow on all ports',
    policy('api'),
    drop(ingress('/ports')),
    'callers-named',
    'policy-ports-named',
  ),
  mutation(
    'a flow on a range of ports',
    policy('api'),
    set(ingress('/ports/0/endPort'), 9000),
    'policy-ports-named',
  ),
  mutation(
    'a flow to a port that is not there',
    policy('caller'),
    set(egress('/ports/0/port'), 8081),
    'policy-ports-exist',
  ),
  mutation(
    'a flow in to a port that is not there',
    policy('database'),
    set(ingress('/ports/0/port'), 5433),
    'callers-named',
    'policy-ports-exist',
  ),
  mutation('DNS over UDP alone', policy('caller'), drop('/spec/egress/1/ports/1'), 'dns-over-both-protocols'),
  mutation(
    'DNS anywhere',
    policy('caller'),
    drop('/spec/egress/1/to/0/podSelector'),
    'dns-over-both-protocols',
    'policy-peers-named',
  ),
  mutation('metrics that nobody collects', policy('api'), drop('/spec/ingress/1'), 'metrics-reachable'),
  mutation(
    'metrics for callers',
    policy('api'),
    set('/spec/ingress/0/ports/-', { protocol: 'TCP', port: 9464 }),
    'metrics-reachable',
  ),
];
