import { inSameNamespace, objectsOf } from '../../../kubernetes/object.draft.ts';
import { podsOf } from '../../../kubernetes/pod.view.ts';
import { mustBe, mustHold } from '../field.check.ts';
import { fault, type Rule } from '../rule.contract.ts';
import { perKind } from '../rule.scope.ts';

export const rollsWithoutGap: Rule = {
  id: 'rolling-update',
  title: 'A Deployment replaces pods one by one and takes none away before the next one serves',
  row: 32,
  scanners: { kubeLinter: ['no-rolling-update-strategy'], kubeScore: ['deployment-strategy'] },
  check: perKind('Deployment', (deployment) => [
    ...mustBe(deployment, '/spec/strategy', {
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
    }),
  ]),
};

export const namesItsPeers: Rule = {
  id: 'headless-service',
  title: 'A StatefulSet has a headless Service by its own name, and claims that one node writes to',
  row: 32,
  scanners: { kubeScore: ['statefulset-has-servicename'] },
  check: perKind('StatefulSet', (set, manifests) => {
    const service = objectsOf(manifests, 'Service').find(
      (found) => found.metadata?.name === set.metadata?.name && inSameNamespace(found, set),
    );
    return [
      ...mustBe(set, '/spec/serviceName', set.metadata?.name),
      ...(set.spec?.volumeClaimTemplates ?? []).flatMap((claim, index) =>
        mustBe(claim, '/spec/accessModes', ['ReadWriteOnce']).map((found) => ({
          ...found,
          at: `/spec/volumeClaimTemplates/${index}${found.at}`,
        })),
      ),
      ...(service?.spec?.clusterIP === 'None'
        ? []
        : [fault('/spec/serviceName', 'leads to no headless Service', 'add it')]),
    ];
  }),
};

const isPositive = (value: unknown): boolean => typeof value === 'number' && value > 0;

export const endsJobs: Rule = {
  id: 'job-ends',
  title: 'A Job gives up in time, starts each try afresh and cleans up after itself',
  row: 32,
  scanners: {
    kubeLinter: ['job-ttl-seconds-after-finished', 'restart-policy'],
  },
  check: perKind('Job', (job) => [
    ...mustHold(job, '/spec/ttlSecondsAfterFinished', isPositive, 'say when it may go'),
    ...mustHold(job, '/spec/activeDeadlineSeconds', isPositive, 'say when it has failed'),
    ...mustHold(job, '/spec/backoffLimit', isPositive, 'say how often to try'),
    ...mustBe(job, '/spec/template/spec/restartPolicy', 'Never'),
  ]),
};

export const hasOneWorkloadPerName: Rule = {
  id: 'names-once',
  title: 'No object is rendered twice',
  scanners: {},
  check: (manifests) => {
    const names = manifests.map(
      ({ kind, metadata }) => `${kind}/${metadata?.namespace ?? ''}/${metadata?.name}`,
    );
    const workloads = podsOf(manifests).map(
      ({ object }) => `${object.metadata?.namespace}/${object.metadata?.name}`,
    );
    return [names, workloads].flatMap((list) =>
      list
        .filter((name, index) => name.endsWith('/undefined') || list.indexOf(name) !== index)
        .map((name) => ({
          object: name,
          path: '/metadata/name',
          problem: 'is there twice, or is missing',
          cure: 'name each once',
        })),
    );
  },
};
