import { append, set, together, unset } from './pod.change.ts';
import { refusedBy, type RefusedPod } from './refused.pod.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const trusted = 'gcr.io/distroless/nodejs24-debian13';
const context = 'containers.0.securityContext';
const initContext = 'initContainers.0.securityContext';
const pod = 'securityContext';
const secretKey = { secretKeyRef: { name: 'db-credentials', key: 'password' } };
const mount = { name: 'part', mountPath: '/run/secrets/part/password', subPath: 'password' };
const imageVolume = (reference: string): object => ({ name: 'image', image: { reference } });
const volume = (source: object): object => ({ name: 'part', ...source });
const inParts = (source: object) =>
  together(append('volumes', volume(source)), append('containers.0.volumeMounts', mount));
const everywhere = (field: string) =>
  together(unset(`${context}.${field}`), unset(`${initContext}.${field}`), unset(`${pod}.${field}`));
const inUserNamespace = (...changes: Parameters<typeof together>) =>
  together(set('hostUsers', false), ...changes);

/** What our own policies refuse that Pod Security would admit. */
export const policyTable: readonly RefusedPod[] = [
  ...refusedBy('image-digest')(
    ['has an image by tag only', set('containers.0.image', `${trusted}:24`), 'write name:tag@sha256:digest'],
    [
      'has an image without a tag',
      set('containers.0.image', `${trusted}@${digest}`),
      'write name:tag@sha256:digest',
    ],
    ['calls its image latest', set('containers.0.image', `${trusted}:latest@${digest}`), ':latest@sha256'],
    [
      'has a digest that is too short',
      set('containers.0.image', `${trusted}:1@sha256:${'a'.repeat(32)}`),
      trusted,
    ],
    ['has an init image by tag only', set('initContainers.0.image', `${trusted}:24`), `${trusted}:24; write`],
    ['mounts an image by tag only', append('volumes', imageVolume(`${trusted}:24`)), 'no digest'],
  ),
  ...refusedBy('image-registry')(
    [
      'comes from elsewhere',
      set('containers.0.image', `quay.io/a/b:1@${digest}`),
      'not from a trusted registry: quay.io',
    ],
    [
      'begins like a trusted folder',
      set('containers.0.image', `gcr.io/distroless.evil/a:1@${digest}`),
      'distroless.evil',
    ],
    [
      'begins like a trusted repository',
      set('containers.0.image', `docker.io/library/postgres-evil:1@${digest}`),
      'use one that ConfigMap kube-system/trusted-registries lists',
    ],
    [
      'is below a trusted repository',
      set('containers.0.image', `docker.io/library/postgres/a:1@${digest}`),
      'postgres/a',
    ],
    [
      'names a trusted folder inside',
      set('containers.0.image', `evil.io/gcr.io/distroless/a:1@${digest}`),
      'evil.io',
    ],
    [
      'relies on the default registry',
      set('containers.0.image', `library/postgres:1@${digest}`),
      'library/postgres',
    ],
    ['has an init image from elsewhere', set('initContainers.0.image', `quay.io/a/b:1@${digest}`), 'quay.io'],
    ['mounts an image from elsewhere', append('volumes', imageVolume(`quay.io/a/b:1@${digest}`)), 'quay.io'],
  ),
  ...refusedBy('read-only-root')(
    ['may write its root', set(`${context}.readOnlyRootFilesystem`, false), 'is not true in service; set it'],
    [
      'may write its root by default',
      unset(`${context}.readOnlyRootFilesystem`),
      'readOnlyRootFilesystem is not true',
    ],
    [
      'may write the root of an init container',
      unset(`${initContext}.readOnlyRootFilesystem`),
      'is not true in init; set it',
    ],
  ),
  ...refusedBy('numeric-identity')(
    [
      'runs as an account of the node',
      set(`${context}.runAsUser`, 1000),
      'runAsUser is missing or below 10000 in service',
    ],
    [
      'runs init as an account of the node',
      set(`${initContext}.runAsUser`, 999),
      'runAsUser is missing or below 10000 in init',
    ],
    ['leaves the user to the image', everywhere('runAsUser'), 'runAsUser is missing or below 10000'],
    ['runs in the group of root', set(`${context}.runAsGroup`, 0), 'runAsGroup is missing or below 10000'],
    ['leaves the group to the image', everywhere('runAsGroup'), 'runAsGroup is missing or below 10000'],
    ['has no group for its files', unset(`${pod}.fsGroup`), 'fsGroup is missing or below 10000'],
    ['gives its files to root', set(`${pod}.fsGroup`, 0), 'fsGroup is missing or below 10000'],
    [
      'joins a group of the node',
      set(`${pod}.supplementalGroups`, [65_532, 999]),
      'supplementalGroups has a group below',
    ],
  ),
  ...refusedBy('non-root')(
    [
      'relies on its user namespace',
      inUserNamespace(set(`${context}.runAsNonRoot`, false)),
      'also with hostUsers: false',
    ],
    [
      'says nothing about root',
      inUserNamespace(everywhere('runAsNonRoot')),
      'runAsNonRoot is not true in service, init',
    ],
    [
      'relies on it in init',
      inUserNamespace(set(`${initContext}.runAsNonRoot`, false)),
      'runAsNonRoot is not true in init',
    ],
  ),
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
