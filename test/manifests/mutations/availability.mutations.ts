import {
  all,
  caller,
  drop,
  dropObject,
  inContainer,
  mutation,
  service,
  set,
  type Mutation,
  type Target,
} from './mutation.contract.ts';

const budget: Target = { kind: 'PodDisruptionBudget', component: 'api' };
const scaler: Target = { kind: 'HorizontalPodAutoscaler' };
const annotation = '/metadata/annotations/secure-backend~1database-connections';

/** What can be wrong with budgets, replicas and autoscalers. */
export const availabilityMutations: readonly Mutation[] = [
  mutation('no disruption budget', budget, dropObject, 'disruption-budget'),
  mutation(
    'a budget that blocks drains',
    budget,
    all(drop('/spec/maxUnavailable'), set('/spec/minAvailable', 2)),
    'disruption-budget',
  ),
  mutation(
    'a budget that keeps broken pods',
    budget,
    drop('/spec/unhealthyPodEvictionPolicy'),
    'disruption-budget',
  ),
  mutation(
    'a budget for others',
    budget,
    set('/spec/selector/matchLabels/app.kubernetes.io~1instance', 'nobody'),
    'selectors-match-one',
  ),
  mutation('a replica', caller, set('/spec/replicas', 1), 'two-replicas'),
  mutation('replicas beside an autoscaler', service, set('/spec/replicas', 2), 'two-replicas'),
  mutation('no autoscaler and no replicas', scaler, dropObject, 'two-replicas'),
  mutation('an autoscaler that keeps one', scaler, set('/spec/minReplicas', 1), 'autoscaler-bounds'),
  mutation(
    'an autoscaler of nothing',
    scaler,
    set('/spec/scaleTargetRef/name', 'nobody'),
    'autoscaler-bounds',
    'two-replicas',
  ),
  mutation('an autoscaler that cannot scale', scaler, set('/spec/maxReplicas', 2), 'autoscaler-bounds'),
  mutation('an autoscaler that looks at nothing', scaler, set('/spec/metrics', []), 'autoscaler-bounds'),
  mutation('more replicas than sessions', scaler, set('/spec/maxReplicas', 8), 'connection-budget'),
  mutation('more sessions than stated', service, set(inContainer('/env/3/value'), '6'), 'connection-budget'),
  mutation('sessions unstated', service, drop(annotation), 'connection-budget'),
  mutation('more sessions stated than there are', service, set(annotation, '10000'), 'server-connections'),
];
