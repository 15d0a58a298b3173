import {
  caller,
  database,
  drop,
  inPod,
  migrations,
  mutation,
  service,
  set,
  store,
  type Mutation,
} from './mutation.contract.ts';

const securityContext = (field: string): string => inPod(`/securityContext/${field}`);

/** What can be wrong with a pod as a whole. */
export const podMutations: readonly Mutation[] = [
  mutation('a pod that may be root', service, set(securityContext('runAsNonRoot'), false), 'run-as-non-root'),
  mutation(
    'a pod that is silent about root',
    migrations,
    drop(securityContext('runAsNonRoot')),
    'run-as-non-root',
  ),
  mutation('a pod of user 70', database, set(securityContext('runAsUser'), 70), 'numeric-own-ids'),
  mutation('a pod of group 0', store, set(securityContext('runAsGroup'), 0), 'numeric-own-ids'),
  mutation('a pod with the users of its node', service, set(inPod('/hostUsers'), true), 'user-namespaces'),
  mutation('one pod of two with its own users', service, set(inPod('/hostUsers'), false), 'user-namespaces'),
  mutation(
    'a pod without seccomp',
    database,
    drop(securityContext('seccompProfile')),
    'seccomp-runtime-default',
  ),
  mutation(
    'a pod that changes the kernel',
    database,
    set(securityContext('sysctls'), [{ name: 'kernel.shm_rmid_forced', value: '1' }]),
    'no-sysctls',
  ),
  mutation(
    'a pod of Windows',
    service,
    set(securityContext('windowsOptions'), { runAsUserName: 'me' }),
    'no-windows-options',
  ),
  mutation(
    'a pod in the network of its node',
    service,
    set(inPod('/hostNetwork'), true),
    'no-host-namespaces',
  ),
  mutation('a pod that sees all processes', service, set(inPod('/hostPID'), true), 'no-host-namespaces'),
  mutation('a pod with the IPC of its node', database, set(inPod('/hostIPC'), true), 'no-host-namespaces'),
  mutation(
    'containers that see each other',
    caller,
    set(inPod('/shareProcessNamespace'), true),
    'no-host-namespaces',
  ),
  mutation(
    'AppArmor for one pod alone',
    service,
    set(securityContext('appArmorProfile'), { type: 'RuntimeDefault' }),
    'app-armor-field',
  ),
  mutation(
    'AppArmor by annotation',
    service,
    set(
      '/spec/template/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1service',
      'runtime/default',
    ),
    'app-armor-field',
  ),
  mutation(
    'a privileged SELinux type',
    service,
    set(securityContext('seLinuxOptions/type'), 'spc_t'),
    'selinux-type',
  ),
  mutation('a pod without a file group', database, drop(securityContext('fsGroup')), 'file-system-group'),
  mutation(
    'a pod with more groups',
    service,
    set(securityContext('supplementalGroups'), [0]),
    'file-system-group',
  ),
  mutation(
    "a pod with the image's groups",
    service,
    set(securityContext('supplementalGroupsPolicy'), 'Merge'),
    'file-system-group',
  ),
  mutation(
    'a directory of the node',
    caller,
    set(inPod('/volumes/0'), { name: 'program', hostPath: { path: '/' } }),
    'volume-types',
  ),
  mutation('a volume of no type', caller, drop(inPod('/volumes/0/configMap')), 'volume-types'),
  mutation('a volume of nothing', caller, drop(inPod('/volumes/0/configMap/name')), 'volume-sources'),
  mutation(
    'a directory without a size',
    database,
    drop(inPod('/volumes/1/emptyDir/sizeLimit')),
    'writable-volumes-sized',
  ),
  mutation(
    'a volume that nobody mounts',
    service,
    set(inPod('/volumes/-'), { name: 'scratch', emptyDir: { sizeLimit: '1Mi' } }),
    'mounts-match-volumes',
  ),
  mutation(
    'a secret that all may read',
    service,
    set(inPod('/volumes/0/secret/defaultMode'), 0o444),
    'file-modes',
  ),
  mutation(
    'a program that may be written',
    caller,
    set(inPod('/volumes/0/configMap/defaultMode'), 0o666),
    'file-modes',
  ),
  mutation('links to all Services', service, set(inPod('/enableServiceLinks'), true), 'no-service-links'),
];
