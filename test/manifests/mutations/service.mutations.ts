import { all, drop, dropObject, mutation, set, type Mutation } from './mutation.contract.ts';

/** What can be wrong with Services. */
export const serviceMutations: readonly Mutation[] = [
  mutation(
    'a Service on a port of the node',
    { kind: 'Service' },
    set('/spec/type', 'NodePort'),
    'internal-service',
  ),
  mutation(
    'a Service at an outer address',
    { kind: 'Service' },
    set('/spec/externalIPs', ['192.0.2.1']),
    'internal-service',
  ),
  mutation(
    'a Service to a port that is not there',
    { kind: 'Service' },
    set('/spec/ports/0/targetPort', 'https'),
    'service-ports-exist',
  ),
  mutation(
    'a Service that nobody may call',
    { kind: 'Service' },
    set('/spec/ports/0/port', 80),
    'callers-named',
  ),
  mutation(
    'a Service to nobody',
    { kind: 'Service' },
    set('/spec/selector/app.kubernetes.io~1name', 'nobody'),
    'selectors-match-one',
    'service-ports-exist',
  ),
  mutation(
    'a Service to everybody',
    { kind: 'Service' },
    set('/spec/selector', { 'app.kubernetes.io/part-of': 'secure-backend' }),
    'selectors-match-one',
  ),
  mutation(
    'a database without its Service',
    { kind: 'Service', component: 'database' },
    dropObject,
    'headless-service',
  ),
  mutation(
    'a database behind a balancing Service',
    { kind: 'Service', component: 'database' },
    all(drop('/spec/clusterIP')),
    'headless-service',
  ),
];
