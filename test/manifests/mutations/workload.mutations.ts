import type { Manifest } from '../../kubernetes/manifest.ts';
import {
  beside,
  caller,
  database,
  drop,
  dropObject,
  inPod,
  migrations,
  mutation,
  service,
  set,
  type Mutation,
  type Target,
} from './mutation.contract.ts';

const scaler: Target = { kind: 'HorizontalPodAutoscaler' };
const renamed = (object: Manifest): Manifest[] => [
  { ...object, metadata: { ...object.metadata, name: `${object.metadata.name}-2` } },
];

/** What can be wrong with workloads, their accounts and the form of objects. */
export const workloadMutations: readonly Mutation[] = [
  mutation(
    'a Deployment that stops before it starts',
    service,
    set('/spec/strategy/type', 'Recreate'),
    'rolling-update',
  ),
  mutation(
    'a rollout that takes pods away',
    caller,
    set('/spec/strategy/rollingUpdate/maxUnavailable', 1),
    'rolling-update',
  ),
  mutation('a StatefulSet of no Service', database, set('/spec/serviceName', 'nobody'), 'headless-service'),
  mutation('a Job that stays', migrations, drop('/spec/ttlSecondsAfterFinished'), 'job-ends'),
  mutation('a Job without an end', migrations, drop('/spec/activeDeadlineSeconds'), 'job-ends'),
  mutation(
    'a Job that tries in the same pod',
    migrations,
    set(inPod('/restartPolicy'), 'OnFailure'),
    'job-ends',
  ),
  mutation(
    'a workload that selects others',
    service,
    set('/spec/selector/matchLabels/app.kubernetes.io~1name', 'nobody'),
    'selectors-match-one',
  ),
  mutation(
    'an account of another',
    service,
    set(inPod('/serviceAccountName'), 'default'),
    'no-unused-account',
    'own-service-account',
  ),
  mutation(
    'an account that is not there',
    { kind: 'ServiceAccount', component: 'api' },
    dropObject,
    'own-service-account',
  ),
  mutation('an account of nobody', { kind: 'ServiceAccount' }, beside(renamed), 'no-unused-account'),
  mutation(
    'an account with a token',
    { kind: 'ServiceAccount' },
    drop('/automountServiceAccountToken'),
    'no-token-mount',
  ),
  mutation(
    'an object twice',
    { kind: 'ServiceAccount' },
    beside((object) => [object]),
    'names-once',
  ),
  mutation('another Service on the same pods', { kind: 'Service' }, beside(renamed), 'selectors-match-one'),
  mutation(
    'a pod labelled as another',
    caller,
    set('/spec/template/metadata/labels/app.kubernetes.io~1instance', 'another'),
    'instance-is-name',
    'selectors-match-one',
  ),
  mutation(
    'a Service labelled as another',
    { kind: 'Service' },
    set('/metadata/labels/app.kubernetes.io~1instance', 'another'),
    'instance-is-name',
  ),
  mutation(
    'an object of nobody',
    { kind: 'Service' },
    drop('/metadata/labels/app.kubernetes.io~1part-of'),
    'labels',
  ),
  mutation('a wrong type', service, set('/spec/minReadySeconds', '5'), 'schema'),
  mutation(
    'a wrong value of few',
    { kind: 'NetworkPolicy', component: 'api' },
    set('/spec/ingress/0/ports/0/protocol', 'TPC'),
    'schema',
  ),
  mutation(
    'a field with a typo',
    { kind: 'NetworkPolicy', component: 'api' },
    set('/spec/policyType', ['Egress']),
    'schema',
  ),
  mutation('an unknown version', scaler, set('/apiVersion', 'autoscaling/v2beta2'), 'schema'),
  mutation(
    'a kind that is not listed',
    { kind: 'ServiceAccount', component: 'api' },
    beside((object) => [{ ...object, apiVersion: 'example.com/v1', kind: 'Widget' }]),
    'schema',
  ),
];
