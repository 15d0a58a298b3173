import { selects } from '../../kubernetes/label.selector.ts';
import { at, listAt } from '../../kubernetes/pod.template.ts';
import { everyObject, everyPod, type Rule } from '../rule.ts';

/** How one version gives way to the next. */
export const rolloutRules: readonly Rule[] = [
  everyObject(
    {
      id: 'safe-rollout',
      row: 32,
      title: 'A rollout takes nobody away before a new one serves',
      scanners: 'Polaris, kube-score',
    },
    ['Deployment'],
    ({ spec }) => [
      at(spec, 'strategy', 'type') !== 'RollingUpdate' && "strategy.type isn't RollingUpdate",
      at(spec, 'strategy', 'rollingUpdate', 'maxUnavailable') !== 0 &&
        "strategy.rollingUpdate.maxUnavailable isn't 0",
    ],
  ),
  everyObject(
    {
      id: 'named-set',
      row: 32,
      title: 'A stateful set has the Service that it names',
      scanners: 'kube-score statefulset-has-servicename',
    },
    ['StatefulSet'],
    ({ spec }, objects) => {
      const service = objects.find(
        ({ kind, metadata }) => kind === 'Service' && metadata.name === at(spec, 'serviceName'),
      );
      return [at(service, 'spec', 'clusterIP') !== 'None' && 'serviceName is no headless Service'];
    },
  ),
  everyObject(
    {
      id: 'finished-jobs-go',
      row: 32,
      title: 'A Job ends in bounded time and goes',
      scanners: 'kube-linter job-ttl-seconds-after-finished',
    },
    ['Job'],
    ({ spec }) =>
      ['ttlSecondsAfterFinished', 'activeDeadlineSeconds', 'backoffLimit'].map(
        (field) => at(spec, field) === undefined && `${field} is missing`,
      ),
  ),
  everyPod(
    {
      id: 'graceful-end',
      row: 32,
      title: 'A pod behind a Service serves until everybody knows that it leaves, and has time to finish',
      scanners: 'none',
    },
    (pod, objects) => {
      const isServed = objects.some(
        ({ kind, spec }) => kind === 'Service' && selects({ matchLabels: at(spec, 'selector') }, pod.labels),
      );
      if (pod.owner.kind !== 'Deployment' || !isServed) return [];
      const sleep = Math.max(
        0,
        ...pod.containers.map(({ fields }) =>
          Number(at(fields, 'lifecycle', 'preStop', 'sleep', 'seconds') ?? 0),
        ),
      );
      // SHUTDOWN_TIMEOUT_MS is 25 s unless the pod says otherwise.
      const own = pod.containers
        .flatMap(({ fields }) => listAt(fields, 'env'))
        .find(({ name }) => name === 'SHUTDOWN_TIMEOUT_MS');
      const needed = sleep + Number(own?.['value'] ?? 25_000) / 1000 + 5;
      return [
        sleep < 5 && 'no preStop sleep of 5 s or more',
        !(Number(at(pod.spec, 'terminationGracePeriodSeconds')) >= needed) &&
          `terminationGracePeriodSeconds isn't ${needed} or more`,
      ];
    },
  ),
];
