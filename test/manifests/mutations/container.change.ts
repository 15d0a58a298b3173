import { pathOf, withValue, without, type Tree } from './json.pointer.ts';

/** A container as rendered. */
export type Container = Tree;
/** What is done to it. */
export type Change = (container: Container) => Container;

const has =
  (pointer: string, value: unknown): Change =>
  (container) =>
    withValue(container, pathOf(pointer), value);
const lacks =
  (pointer: string): Change =>
  (container) =>
    without(container, pathOf(pointer));

/** What can be wrong with a container of any kind. */
export const containerChanges: readonly (readonly [title: string, change: Change, ...breaks: string[]])[] = [
  [
    'without any security context',
    lacks('/securityContext'),
    'run-as-non-root',
    'numeric-own-ids',
    'no-privilege-escalation',
    'capabilities-dropped',
    'read-only-root',
    'seccomp-runtime-default',
    'not-privileged',
  ],
  ['that may be root', has('/securityContext/runAsNonRoot', false), 'run-as-non-root'],
  ['with user 0', has('/securityContext/runAsUser', 0), 'numeric-own-ids'],
  ["with the image's own user", lacks('/securityContext/runAsUser'), 'numeric-own-ids'],
  ['with group 0', has('/securityContext/runAsGroup', 0), 'numeric-own-ids'],
  ['that escalates', has('/securityContext/allowPrivilegeEscalation', true), 'no-privilege-escalation'],
  ['that keeps capabilities', has('/securityContext/capabilities/drop', []), 'capabilities-dropped'],
  ['that drops only some', has('/securityContext/capabilities/drop', ['NET_RAW']), 'capabilities-dropped'],
  ['that adds a capability', has('/securityContext/capabilities/add', ['IPC_LOCK']), 'capabilities-dropped'],
  ['that writes its root', has('/securityContext/readOnlyRootFilesystem', false), 'read-only-root'],
  ['without seccomp', has('/securityContext/seccompProfile/type', 'Unconfined'), 'seccomp-runtime-default'],
  [
    'with a profile of the node',
    has('/securityContext/seccompProfile/type', 'Localhost'),
    'seccomp-runtime-default',
  ],
  ['that is privileged', has('/securityContext/privileged', true), 'not-privileged'],
  ['with all of /proc', has('/securityContext/procMount', 'Unmasked'), 'default-proc-mount'],
  ['with another SELinux type', has('/securityContext/seLinuxOptions', { type: 'spc_t' }), 'selinux-type'],
  [
    'with its own AppArmor',
    has('/securityContext/appArmorProfile', { type: 'Unconfined' }),
    'app-armor-field',
  ],
  [
    'with Windows options',
    has('/securityContext/windowsOptions', { hostProcess: true }),
    'no-windows-options',
  ],
  ['on a port of the node', has('/ports/0/hostPort', 9464), 'no-host-ports'],
  ['whose probe asks another host', has('/livenessProbe/httpGet/host', '169.254.169.254'), 'no-probe-host'],
  ['whose probe has no port', has('/livenessProbe/httpGet/port', 9465), 'probe-ports-exist'],
  ['without limits', lacks('/resources/limits'), 'requests-and-limits'],
  ['without requests', lacks('/resources/requests'), 'requests-and-limits'],
  ['without a limit of disk', lacks('/resources/limits/ephemeral-storage'), 'requests-and-limits'],
  ['that asks for more than its limit', has('/resources/requests/memory', '1Gi'), 'requests-within-limits'],
  ['that wants more than anybody may', has('/resources/limits/memory', '3Gi'), 'limit-range-respected'],
  [
    'of the latest image',
    has('/image', `gcr.io/distroless/nodejs24-debian13:latest@sha256:${'a'.repeat(64)}`),
    'image-digest',
  ],
  ['of an image by tag', has('/image', 'gcr.io/distroless/nodejs24-debian13:nonroot'), 'image-digest'],
  [
    'of an image from anywhere',
    has('/image', `docker.io/somebody/node:24@sha256:${'a'.repeat(64)}`),
    'trusted-registry',
  ],
  ['of whatever image is there', has('/imagePullPolicy', 'IfNotPresent'), 'pull-policy-always'],
  [
    'with a secret in a variable',
    has('/env/-', { name: 'LOGIN', valueFrom: { secretKeyRef: { name: 'frontend-login', key: 'login' } } }),
    'no-secret-in-environment',
  ],
  [
    'with variables of a Secret',
    has('/envFrom', [{ secretRef: { name: 'frontend-login' } }]),
    'no-secret-in-environment',
  ],
  [
    'with a password as a variable',
    has('/env/-', { name: 'DB_PASSWORD', value: 'hunter2' }),
    'plain-variable-names',
  ],
  [
    'with a password in an address',
    has('/env/-', { name: 'UPSTREAM', value: 'http://me:hunter2@there' }),
    'plain-variable-names',
  ],
  ['with a variable twice', has('/env/-', { name: 'API_URL', value: 'http://there' }), 'variables-once'],
  ['that mounts one file', has('/volumeMounts/1/subPath', 'api-key'), 'whole-directory-mounts'],
  ['with a secret elsewhere', has('/volumeMounts/1/mountPath', '/etc/api-key'), 'secrets-in-their-place'],
  ['with a writable secret', has('/volumeMounts/1/readOnly', false), 'mounts-read-only'],
  [
    'that mounts what is not there',
    has('/volumeMounts/-', { name: 'nothing', mountPath: '/nothing' }),
    'mounts-match-volumes',
  ],
  ['that may write by its flags', has('/args/1', '--allow-fs-write=/app'), 'runtime-permissions'],
  ['without the permission model', has('/args', ['/app/caller.mjs']), 'runtime-permissions'],
  [
    'that allows more by a variable',
    has('/env/-', { name: 'NODE_OPTIONS', value: '--allow-child-process' }),
    'runtime-permissions',
  ],
  ['with a typo', has('/securityContext/runAsNonRooot', true), 'schema'],
];

/** What can be wrong only with a container that lasts. */
export const lastingChanges: typeof containerChanges = [
  ['without a readiness probe', lacks('/readinessProbe'), 'three-probes'],
  ['whose probes are one', has('/readinessProbe/httpGet/path', '/livez'), 'probes-differ'],
  ['that has a second to start', has('/startupProbe/failureThreshold', 1), 'startup-patience'],
];
