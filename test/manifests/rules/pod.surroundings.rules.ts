import { idProblems } from '../field.rule.ts';
import { at, listAt, type Fields } from '../../kubernetes/pod.template.ts';
import { everyContainer, everyPod, type Rule } from '../rule.ts';

const volumeTypes = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);
const seLinuxTypes = new Set(['container_t', 'container_init_t', 'container_kvm_t']);
const actions = ['startupProbe', 'livenessProbe', 'readinessProbe', 'postStart', 'preStop'];

/** Everything with `httpGet` or `tcpSocket` in it. */
const actionsOf = (fields: Fields): [string, unknown][] =>
  actions.map((name) => [name, fields[name] ?? at(fields, 'lifecycle', name)]);

/** What surrounds a process: profiles, kernel settings, volumes, groups. */
export const podSurroundingsRules: readonly Rule[] = [
  everyPod(
    {
      id: 'apparmor-by-field',
      row: 8,
      title: 'An AppArmor profile is named by its field only, and confines',
      scanners: 'PSS, Trivy KSV-0002',
    },
    ({ spec, annotations }) => {
      const profile = at(spec, 'securityContext', 'appArmorProfile');
      const confines = ['RuntimeDefault', 'Localhost'].includes(String(at(profile, 'type')));
      return [
        Object.keys(annotations).some((key) => key.startsWith('container.apparmor')) &&
          'an AppArmor annotation is set',
        profile !== undefined && !confines && 'securityContext.appArmorProfile confines nothing',
      ];
    },
  ),
  everyPod(
    {
      id: 'no-sysctls',
      row: 9,
      title: 'No pod changes kernel settings',
      scanners: 'PSS, Trivy KSV-0026, Polaris',
    },
    ({ spec }) => [
      listAt(spec, 'securityContext', 'sysctls').length > 0 && 'securityContext.sysctls has entries',
      at(spec, 'securityContext', 'windowsOptions') !== undefined && 'securityContext.windowsOptions is set',
    ],
  ),
  everyContainer(
    { id: 'default-proc', row: 9, title: '/proc is masked as usual', scanners: 'PSS, Trivy KSV-0027' },
    ({ fields }) => [
      ![undefined, 'Default'].includes(at(fields, 'securityContext', 'procMount') as undefined) &&
        "securityContext.procMount isn't Default",
    ],
  ),
  everyContainer(
    {
      id: 'no-foreign-probes',
      row: 10,
      title: 'Probes and hooks ask nobody but their own pod',
      scanners: 'PSS since 1.34',
    },
    ({ fields }) =>
      actionsOf(fields).flatMap(([name, action]) =>
        ['httpGet', 'tcpSocket'].map(
          (kind) => at(action, kind, 'host') !== undefined && `${name}.${kind}.host is set`,
        ),
      ),
  ),
  everyPod(
    {
      id: 'allowed-volumes',
      row: 11,
      title: 'No volume reaches into the node',
      scanners: 'PSS, kubescape C-0048, Trivy KSV-0023, KSV-0028',
    },
    ({ spec }) =>
      listAt(spec, 'volumes').flatMap(({ name, ...sources }) =>
        Object.keys(sources).map(
          (source) => !volumeTypes.has(source) && `volume ${String(name)} is of the type ${source}`,
        ),
      ),
  ),
  everyPod(
    {
      id: 'bounded-volumes',
      row: 15,
      title: 'What a pod may write has a size',
      scanners: 'kubescape C-0271',
    },
    ({ spec }) =>
      listAt(spec, 'volumes').map(
        ({ name, emptyDir }) =>
          emptyDir !== undefined &&
          at(emptyDir, 'sizeLimit') === undefined &&
          `volume ${String(name)} has no sizeLimit`,
      ),
  ),
  everyPod(
    {
      id: 'own-groups',
      row: 12,
      title: "Volumes belong to the pod's own group, and no group of the image counts",
      scanners: 'kubescape C-0211 (CIS 5.7.3)',
    },
    ({ spec }) => [
      ...idProblems(spec, ['fsGroup']),
      at(spec, 'securityContext', 'fsGroupChangePolicy') !== 'OnRootMismatch' &&
        "securityContext.fsGroupChangePolicy isn't OnRootMismatch",
      at(spec, 'securityContext', 'supplementalGroupsPolicy') !== 'Strict' &&
        "securityContext.supplementalGroupsPolicy isn't Strict",
    ],
  ),
  everyPod(
    {
      id: 'selinux-type',
      row: 12,
      title: "Where there is SELinux, pods have a container's type",
      scanners: 'PSS, kubescape C-0211, Trivy KSV-0025',
    },
    ({ spec }) => [
      !seLinuxTypes.has(String(at(spec, 'securityContext', 'seLinuxOptions', 'type'))) &&
        'securityContext.seLinuxOptions.type is no type of a container',
      ...['user', 'role'].map(
        (field) =>
          at(spec, 'securityContext', 'seLinuxOptions', field) !== undefined &&
          `securityContext.seLinuxOptions.${field} is set`,
      ),
    ],
  ),
];
