import { append, set, together, unset } from './pod.change.ts';
import { refusedBy, type RefusedPod } from './refused.pod.ts';

const secretKey = { secretKeyRef: { name: 'db-credentials', key: 'password' } };
const mount = { name: 'part', mountPath: '/run/secrets/part/password', subPath: 'password' };
const volume = (source: object): object => ({ name: 'part', ...source });
const inParts = (source: object) =>
  together(append('volumes', volume(source)), append('containers.0.volumeMounts', mount));

/** Pods that hold secrets or tokens the wrong way, or take more than their share. */
export const workloadRefusals: readonly RefusedPod[] = [
  ...refusedBy('secret-files')(
    [
      'has a secret in its environment',
      append('containers.0.env', { name: 'A', valueFrom: secretKey }),
      'mount the Secret',
    ],
    [
      'has a whole Secret there',
      append('containers.0.envFrom', { secretRef: { name: 'api-keys' } }),
      'in service; mount',
    ],
    [
      'has one in that of init',
      append('initContainers.0.env', { name: 'A', valueFrom: secretKey }),
      'in init; mount',
    ],
    [
      'mounts a part of a Secret',
      inParts({ secret: { secretName: 'db-credentials' } }),
      'subPath of a Secret',
    ],
    [
      'mounts a part of a projected Secret',
      inParts({ projected: { sources: [{ secret: { name: 'db-credentials' } }] } }),
      'never follows a rotation',
    ],
    [
      'mounts a part of a token',
      inParts({ projected: { sources: [{ serviceAccountToken: { path: 'password', audience: 'vault' } }] } }),
      'mount the whole directory',
    ],
  ),
  ...refusedBy('resource-bounds')(
    [
      'has no limits',
      unset('containers.0.resources.limits'),
      'limits lacks cpu, memory or ephemeral-storage in service',
    ],
    ['has no memory limit', unset('containers.0.resources.limits.memory'), 'limits lacks'],
    ['has no CPU limit', unset('containers.0.resources.limits.cpu'), 'limits lacks'],
    [
      'has no limit of what it writes',
      unset('containers.0.resources.limits.ephemeral-storage'),
      'limits lacks',
    ],
    ['has no limits in init', unset('initContainers.0.resources.limits'), 'ephemeral-storage in init'],
    ['has no resources', unset('containers.0.resources'), 'limits lacks'],
  ),
  ...refusedBy('probes')(
    ['is never asked whether it started', unset('containers.0.startupProbe'), 'Probe is missing in service'],
    ['is never asked whether it lives', unset('containers.0.livenessProbe'), 'Probe is missing in service'],
    [
      'is never asked whether it is ready',
      unset('containers.0.readinessProbe'),
      'Probe is missing in service',
    ],
    [
      'has a sidecar without probes',
      set('initContainers.0.restartPolicy', 'Always'),
      'Probe is missing in init',
    ],
  ),
  ...refusedBy('service-account')(
    ['has no account of its own', unset('serviceAccountName'), 'serviceAccountName is missing or default'],
    [
      'takes the default account',
      set('serviceAccountName', 'default'),
      'serviceAccountName is missing or default',
    ],
    [
      'mounts a token',
      set('automountServiceAccountToken', true),
      'automountServiceAccountToken is not false',
    ],
    [
      'projects a token of the API server',
      append('volumes', volume({ projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } })),
      'projected token without audience',
    ],
    [
      'mounts a token by default',
      unset('automountServiceAccountToken'),
      'automountServiceAccountToken is not false',
    ],
  ),
  ...refusedBy('system-priority')([
    'would evict anybody',
    set('priorityClassName', 'system-cluster-critical'),
    'priorityClassName is one of the system',
  ]),
];
