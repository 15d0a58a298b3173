import type { Manifest } from '../../kubernetes/manifest.ts';
import { at, listAt, podTemplates, type PodTemplate } from '../../kubernetes/pod.template.ts';
import { isMore, quantityOf } from '../quantity.ts';
import { everyObject, everyPod, type Rule } from '../rule.ts';

const budget = 'secure-backend/database-connections';
/** Sessions that Postgres keeps for its superuser. */
const reserved = 3;
/** One of the migrations, and one to spare. */
const migrationSessions = 2;

/** How many pods of a workload there may be at once, those of a rollout included. */
function mostPods({ owner }: PodTemplate, objects: readonly Manifest[]): number {
  const scaler = objects.find(
    ({ kind, spec }) =>
      kind === 'HorizontalPodAutoscaler' && at(spec, 'scaleTargetRef', 'name') === owner.metadata.name,
  );
  const replicas = Number(at(scaler, 'spec', 'maxReplicas') ?? at(owner, 'spec', 'replicas') ?? 1);
  return (
    replicas +
    (owner.kind === 'Deployment'
      ? Number(at(owner, 'spec', 'strategy', 'rollingUpdate', 'maxSurge') ?? 1)
      : 0)
  );
}

const variable = ({ containers }: PodTemplate, name: string): string | undefined =>
  containers.flatMap(({ fields }) => listAt(fields, 'env')).find((env) => env['name'] === name)?.['value'] as
    string | undefined;

const maxConnections = (objects: readonly Manifest[]): number | undefined => {
  const files = objects
    .filter(({ kind }) => kind === 'ConfigMap')
    .map(({ data }) => String(at(data, 'postgresql.conf')));
  const [found] = files
    .map((file) => /^max_connections = (\d+)$/m.exec(file)?.[1])
    .filter((value) => value !== undefined);
  return found === undefined ? undefined : Number(found);
};

/** That everything fits, also at its largest. */
export const capacityRules: readonly Rule[] = [
  everyPod(
    {
      id: 'connection-budget',
      row: 26,
      title:
        'All replicas with two pool generations each stay within the sessions that Postgres has for them',
      scanners: 'none',
    },
    (pod, objects) => {
      const pool = variable(pod, 'DATABASE_POOL_SIZE');
      if (pool === undefined) return [];
      const needed = mostPods(pod, objects) * 2 * Number(pool) + migrationSessions;
      const allowed = Number(pod.owner.metadata.annotations?.[budget]);
      return [!(needed <= allowed) && `annotation ${budget} is ${allowed}, ${needed} may be needed`];
    },
  ),
  everyObject(
    {
      id: 'postgres-connections',
      row: 26,
      title: 'Postgres has as many sessions as it has promised',
      scanners: 'none',
    },
    ['StatefulSet'],
    ({ metadata }, objects) => {
      const limit = maxConnections(objects);
      if (metadata.labels?.['app.kubernetes.io/component'] !== 'database') return [];
      const promised = objects.reduce(
        (sum, object) => sum + Number(object.metadata.annotations?.[budget] ?? 0),
        0,
      );
      return [
        limit === undefined && 'no postgresql.conf says max_connections',
        limit !== undefined &&
          promised > limit - reserved &&
          `max_connections is ${limit}, ${promised} are promised`,
      ];
    },
  ),
  everyObject(
    { id: 'quota-fits', row: 30, title: 'The quota holds all workloads at their largest', scanners: 'none' },
    ['ResourceQuota'],
    ({ spec, metadata: { namespace } }, objects) => {
      const pods = podTemplates(objects).filter(({ owner }) => owner.metadata.namespace === namespace);
      const total = (bound: string, kind: string): number =>
        pods.reduce((sum, pod) => {
          const each = pod.containers.reduce(
            (all, { fields }) => all + quantityOf(at(fields, 'resources', bound, kind) ?? 0),
            0,
          );
          return sum + mostPods(pod, objects) * each;
        }, 0);
      const needs = ['requests', 'limits'].flatMap((bound) =>
        ['cpu', 'memory', 'ephemeral-storage'].map((kind): [string, number] => [
          `${bound}.${kind}`,
          total(bound, kind),
        ]),
      );
      needs.push(['pods', pods.reduce((sum, pod) => sum + mostPods(pod, objects), 0)]);
      return needs.map(
        ([key, need]) =>
          isMore(need, at(spec, 'hard', key)) &&
          `${key} is ${String(at(spec, 'hard', key))}, ${need} may be needed`,
      );
    },
  ),
  everyObject(
    {
      id: 'limits-hold',
      row: 30,
      title: 'No container is outside the limits of its namespace',
      scanners: 'none',
    },
    ['LimitRange'],
    ({ spec, metadata: { namespace } }, objects) => {
      const { max, min } = (listAt(spec, 'limits').find(({ type }) => type === 'Container') ?? {}) as {
        max?: unknown;
        min?: unknown;
      };
      return podTemplates(objects)
        .filter(({ owner }) => owner.metadata.namespace === namespace)
        .flatMap(({ name, containers }) =>
          containers.flatMap(({ fields, place }) =>
            ['cpu', 'memory', 'ephemeral-storage'].flatMap((kind) => [
              isMore(at(fields, 'resources', 'limits', kind), at(max, kind)) &&
                `${name} ${place} has more ${kind} than max`,
              isMore(at(min, kind), at(fields, 'resources', 'requests', kind)) &&
                `${name} ${place} has less ${kind} than min`,
            ]),
          ),
        );
    },
  ),
];
