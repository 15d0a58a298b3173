import { append, set, together, unset } from './pod.change.ts';
import { refusedBy, type RefusedPod } from './refused.pod.ts';

const context = 'containers.0.securityContext';
const onHost = { hostPath: { path: '/' }, name: 'host' };

/** What Pod Security refuses at the level `restricted`: proof that our labels turn it on. */
export const podSecurityTable: readonly RefusedPod[] = refusedBy('PodSecurity')(
  [
    'is privileged',
    together(set(`${context}.privileged`, true), unset(`${context}.allowPrivilegeEscalation`)),
    'privileged',
  ],
  ['may escalate', set(`${context}.allowPrivilegeEscalation`, true), 'allowPrivilegeEscalation != false'],
  [
    'may escalate by default',
    unset(`${context}.allowPrivilegeEscalation`),
    'allowPrivilegeEscalation != false',
  ],
  [
    'may escalate in an init container',
    unset('initContainers.0.securityContext.allowPrivilegeEscalation'),
    'container "init" must set',
  ],
  ['keeps capabilities', unset(`${context}.capabilities`), 'unrestricted capabilities'],
  [
    'drops only one capability',
    set(`${context}.capabilities.drop`, ['NET_RAW']),
    'unrestricted capabilities',
  ],
  ['adds a capability', set(`${context}.capabilities.add`, ['SYS_ADMIN']), 'must not include "SYS_ADMIN"'],
  ['runs as root', set(`${context}.runAsUser`, 0), 'runAsUser=0', 'numeric-identity'],
  ['may run as root', set(`${context}.runAsNonRoot`, false), 'runAsNonRoot != true', 'non-root'],
  ['has no system call filter', set(`${context}.seccompProfile.type`, 'Unconfined'), 'seccompProfile'],
  ['shares the network of the node', set('hostNetwork', true), 'hostNetwork=true'],
  ['shares the processes of the node', set('hostPID', true), 'hostPID=true'],
  ['shares the IPC of the node', set('hostIPC', true), 'hostIPC=true'],
  ['takes a port of the node', set('containers.0.ports.0.hostPort', 8080), 'hostPort 8080'],
  ['mounts the node', append('volumes', onHost), 'restricted volume type "hostPath"'],
  [
    'mounts a network disk',
    append('volumes', { name: 'disk', nfs: { server: 'a', path: '/' } }),
    'restricted volume types',
  ],
  [
    'sets a kernel parameter',
    set('securityContext.sysctls', [{ name: 'kernel.msgmax', value: '1' }]),
    'forbidden sysctls',
  ],
  ['leaves SELinux', set('securityContext.seLinuxOptions.type', 'spc_t'), 'seLinuxOptions'],
  [
    'leaves AppArmor',
    set('securityContext.appArmorProfile', { type: 'Unconfined' }),
    'forbidden AppArmor profile',
  ],
  [
    'shows all of /proc',
    together(set('hostUsers', false), set(`${context}.procMount`, 'Unmasked')),
    'procMount',
  ],
  [
    'lets the kubelet call another host',
    set('containers.0.livenessProbe.httpGet.host', '169.254.169.254'),
    'probe',
  ],
);
