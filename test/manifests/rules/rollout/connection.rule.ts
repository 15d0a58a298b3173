import type { Manifest } from '../../../kubernetes/manifest.ts';
import { objectsOf } from '../../../kubernetes/object.draft.ts';
import { componentOf, podsOf, type PodView } from '../../../kubernetes/pod.view.ts';
import { mostPods } from '../resources/load.estimate.ts';
import { fault, type Rule } from '../rule.contract.ts';
import { perKind, perPod } from '../rule.scope.ts';
import { variableOf } from '../configuration/variable.default.ts';

const annotation = 'secure-backend/database-connections';
/** The migrations' own session, and one that looks after the lock. */
const migrationSessions = 2;
/** superuser_reserved_connections of Postgres. */
const reserved = 3;

/** A generation that drains has its sessions beside the next one's. */
const sessionsOf = (manifests: readonly Manifest[], pod: PodView): number => {
  const pools = (pod.spec.containers ?? []).map((container) =>
    Number(variableOf(pod, container, 'DATABASE_POOL_SIZE') ?? 0),
  );
  return mostPods(manifests, pod) * 2 * pools.reduce((sum, size) => sum + size, 0) + migrationSessions;
};

const promiseOf = ({ object }: PodView): number => Number(object.metadata?.annotations?.[annotation]);

export const staysInBudget: Rule = {
  id: 'connection-budget',
  title: 'A service states how many database sessions it may have, and never needs more',
  scanners: {},
  check: perPod((pod, manifests) => {
    if (componentOf(pod) !== 'api') return [];
    const needed = sessionsOf(manifests, pod);
    return promiseOf(pod) >= needed
      ? []
      : [fault('/metadata/annotations', `${annotation}: ${promiseOf(pod)}`, `needs ${needed}`)];
  }),
};

export const fitsIntoServer: Rule = {
  id: 'server-connections',
  title: 'Where Postgres is rendered too, it allows the sessions of all services together',
  scanners: {},
  check: perKind('ConfigMap', ({ data = {} }, manifests) => {
    const [, limit] = /^max_connections\s*=\s*(\d+)/m.exec(data['postgresql.conf'] ?? '') ?? [];
    const isServer = data['postgresql.conf'] !== undefined && objectsOf(manifests, 'StatefulSet').length > 0;
    if (!isServer) return [];
    const promised = podsOf(manifests)
      .filter((pod) => componentOf(pod) === 'api')
      .map(promiseOf)
      .filter((sessions) => !Number.isNaN(sessions))
      .reduce((sum, sessions) => sum + sessions, 0);
    return promised <= Number(limit ?? 100) - reserved
      ? []
      : [fault('/data/postgresql.conf', `max_connections leaves less than ${promised}`, 'raise it')];
  }),
};
