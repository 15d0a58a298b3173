import { removed } from '../mutation.ts';
import type { MutationRow } from './mutation.table.ts';

const api = 'Deployment/backend-api';
const job = 'Job/backend-api-migrations';
const set = 'StatefulSet/postgres';
const caller = 'Deployment/frontend';
const pod = 'spec/template/spec';
const container = `${pod}/containers/0`;
const digest = `sha256:${'0'.repeat(64)}`;
const mount = { name: 'db-credentials', mountPath: '/run/secrets/db-credentials', readOnly: true };
const secretOf = (secretName: string) => ({ name: 'other', secret: { secretName, defaultMode: 0o440 } });

export const workloadMutations: readonly MutationRow[] = [
  [api, `${container}/image`, 'registry.example.com/backend-api:1.0.0', 'image-by-digest'],
  [api, `${container}/image`, `registry.example.com/backend-api@${digest}`, 'image-by-digest'],
  [api, `${container}/image`, `registry.example.com/backend-api:latest@${digest}`, 'no-latest'],
  [job, `${container}/image`, `backend-api:1.0.0@${digest}`, 'registry-named'],
  [api, `${container}/imagePullPolicy`, 'IfNotPresent', 'always-pulled'],
  [api, `${container}/imagePullPolicy`, removed, 'always-pulled'],
  [api, `${container}/resources/limits/memory`, removed, 'bounded-resources'],
  [job, `${container}/resources/requests/ephemeral-storage`, removed, 'bounded-resources'],
  [set, `${container}/resources`, removed, 'bounded-resources'],
  [
    api,
    `${container}/env/-`,
    { name: 'X', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } },
    'no-secret-in-environment',
  ],
  [api, `${container}/envFrom`, [{ secretRef: { name: 'a' } }], 'no-secret-in-environment'],
  [api, `${container}/env/-`, { name: 'API_KEY', value: 'x' }, 'innocent-variables'],
  [api, `${container}/env/-`, { name: 'DB_PASSWORD_FILE', value: '/etc/passwd' }, 'innocent-variables'],
  [api, `${container}/volumeMounts/0`, { ...mount, subPath: 'password' }, 'secrets-as-directories'],
  [api, `${container}/volumeMounts/0`, { ...mount, readOnly: false }, 'secrets-as-directories'],
  [api, `${pod}/volumes/0/secret/defaultMode`, removed, 'closed-secret-files'],
  [api, `${pod}/volumes/-`, secretOf('postgres-superuser'), 'own-secrets'],
  [api, `${pod}/volumes/-`, secretOf('backend-api-db-migrator-credentials'), 'own-secrets'],
  [job, `${pod}/volumes/-`, secretOf('backend-api-db-credentials'), 'own-secrets'],
  [caller, `${pod}/volumes/-`, secretOf('backend-api-keys'), 'own-secrets'],
  [api, `${pod}/serviceAccountName`, removed, 'own-account', 'own-secrets'],
  [api, `${pod}/serviceAccountName`, 'default', 'own-account', 'own-secrets'],
  [job, `${pod}/serviceAccountName`, 'backend-api', 'own-account', 'own-secrets'],
  [api, `${pod}/enableServiceLinks`, removed, 'no-service-links'],
  [api, `${container}/startupProbe`, removed, 'three-probes'],
  [set, `${container}/livenessProbe`, removed, 'three-probes'],
  [caller, `${container}/readinessProbe`, removed, 'three-probes'],
  [api, `${container}/readinessProbe/httpGet/path`, '/livez', 'different-probes'],
  [caller, 'spec/replicas', 1, 'two-replicas'],
  [api, 'spec/replicas', 3, 'two-replicas'],
  ['HorizontalPodAutoscaler/backend-api', 'spec/minReplicas', 1, 'two-replicas'],
  ['HorizontalPodAutoscaler/backend-api', '', removed, 'two-replicas'],
  ['HorizontalPodAutoscaler/backend-api', 'spec/maxReplicas', 7, 'connection-budget'],
  [api, `${container}/env/3/value`, '6', 'connection-budget'],
  [api, 'metadata/annotations/secure-backend~1database-connections', removed, 'connection-budget'],
  [api, 'metadata/annotations/secure-backend~1database-connections', '98', 'postgres-connections'],
  [api, `${pod}/affinity`, removed, 'spread-out'],
  [set, `${pod}/topologySpreadConstraints`, removed, 'spread-out'],
  [caller, `${pod}/priorityClassName`, removed, 'priority-class'],
  [api, `${pod}/priorityClassName`, 'system-node-critical', 'priority-class'],
  [api, 'spec/strategy/rollingUpdate/maxUnavailable', 1, 'safe-rollout'],
  [caller, 'spec/strategy', { type: 'Recreate' }, 'safe-rollout'],
  [set, 'spec/serviceName', 'none', 'named-set'],
  [job, 'spec/ttlSecondsAfterFinished', removed, 'finished-jobs-go'],
  [job, 'spec/activeDeadlineSeconds', removed, 'finished-jobs-go'],
  [api, `${container}/lifecycle`, removed, 'graceful-end'],
  [api, `${pod}/terminationGracePeriodSeconds`, 30, 'graceful-end'],
  [api, `${container}/resources/limits/cpu`, '5', 'limits-hold', 'quota-fits'],
  [set, `${container}/resources/requests/memory`, '1Mi', 'limits-hold'],
];
