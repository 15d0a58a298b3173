import { removed } from '../mutation.ts';
import type { MutationRow } from './mutation.table.ts';

const api = 'Deployment/backend-api';
const job = 'Job/backend-api-migrations';
const set = 'StatefulSet/postgres';
const pod = 'spec/template/spec';
const container = `${pod}/containers/0`;
const podContext = `${pod}/securityContext`;
const context = `${container}/securityContext`;

/** What a container has to be; one that is added without it breaks all at once. */
const bareContainer = { name: 'helper', image: 'busybox' };
const ofAnyContainer = [
  'container-non-root',
  'container-user',
  'no-privilege-escalation',
  'no-capabilities',
  'read-only-root',
  'container-seccomp',
  'not-privileged',
  'image-by-digest',
  'registry-named',
  'always-pulled',
  'bounded-resources',
];

export const podMutations: readonly MutationRow[] = [
  [api, `${podContext}/runAsNonRoot`, removed, 'pod-non-root'],
  [job, `${podContext}/runAsNonRoot`, false, 'pod-non-root'],
  [api, `${context}/runAsNonRoot`, removed, 'container-non-root'],
  [set, `${context}/runAsNonRoot`, false, 'container-non-root'],
  [api, `${podContext}/runAsUser`, 0, 'pod-user'],
  [api, `${podContext}/runAsGroup`, removed, 'pod-user'],
  [set, `${context}/runAsUser`, 999, 'container-user'],
  [job, `${context}/runAsGroup`, 0, 'container-user'],
  [api, `${context}/allowPrivilegeEscalation`, removed, 'no-privilege-escalation'],
  [job, `${context}/allowPrivilegeEscalation`, true, 'no-privilege-escalation'],
  [api, `${context}/capabilities`, removed, 'no-capabilities'],
  [set, `${context}/capabilities/add`, ['IPC_LOCK'], 'no-capabilities'],
  [api, `${context}/capabilities/drop`, ['NET_RAW'], 'no-capabilities'],
  [api, `${context}/readOnlyRootFilesystem`, removed, 'read-only-root'],
  [set, `${context}/readOnlyRootFilesystem`, false, 'read-only-root'],
  [api, `${podContext}/seccompProfile`, removed, 'pod-seccomp'],
  [job, `${podContext}/seccompProfile/type`, 'Unconfined', 'pod-seccomp'],
  [api, `${context}/seccompProfile`, { type: 'Unconfined' }, 'container-seccomp'],
  [api, `${context}/privileged`, true, 'not-privileged'],
  [api, `${container}/ports/0/hostPort`, 8080, 'no-host-port'],
  [api, `${pod}/hostNetwork`, true, 'no-host-namespace'],
  [api, `${pod}/hostPID`, true, 'no-host-namespace'],
  [job, `${pod}/hostIPC`, true, 'no-host-namespace'],
  [api, `${pod}/shareProcessNamespace`, true, 'no-host-namespace'],
  [api, `${podContext}/appArmorProfile`, { type: 'Unconfined' }, 'apparmor-by-field'],
  [
    api,
    'spec/template/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1service',
    'unconfined',
    'apparmor-by-field',
  ],
  [api, `${podContext}/sysctls`, [{ name: 'net.core.somaxconn', value: '1' }], 'no-sysctls'],
  [api, `${podContext}/windowsOptions`, { hostProcess: true }, 'no-sysctls'],
  [api, `${context}/procMount`, 'Unmasked', 'default-proc'],
  [api, `${container}/livenessProbe/httpGet/host`, 'example.com', 'no-foreign-probes'],
  [
    set,
    `${container}/lifecycle/postStart`,
    { tcpSocket: { host: 'example.com', port: 1 } },
    'no-foreign-probes',
  ],
  [api, `${pod}/volumes/-`, { name: 'node', hostPath: { path: '/' } }, 'allowed-volumes'],
  [set, `${pod}/volumes/-`, { name: 'scratch', emptyDir: {} }, 'bounded-volumes'],
  [api, `${podContext}/fsGroup`, 2000, 'own-groups'],
  [api, `${podContext}/fsGroupChangePolicy`, removed, 'own-groups'],
  [set, `${podContext}/supplementalGroupsPolicy`, 'Merge', 'own-groups'],
  [api, `${podContext}/seLinuxOptions`, removed, 'selinux-type'],
  [api, `${podContext}/seLinuxOptions/user`, 'system_u', 'selinux-type'],
  [api, `${pod}/automountServiceAccountToken`, removed, 'no-api-token'],
  [job, `${pod}/automountServiceAccountToken`, true, 'no-api-token'],
  [api, `${pod}/initContainers`, [bareContainer], ...ofAnyContainer],
  [
    set,
    `${pod}/initContainers`,
    [{ ...bareContainer, restartPolicy: 'Always' }],
    ...ofAnyContainer,
    'three-probes',
  ],
  [api, `${pod}/ephemeralContainers`, [bareContainer], ...ofAnyContainer],
  [job, `${pod}/containers/-`, bareContainer, ...ofAnyContainer],
  [set, `${pod}/containers/-`, bareContainer, ...ofAnyContainer, 'three-probes'],
];
