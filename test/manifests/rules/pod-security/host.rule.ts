import { mustHold } from '../field.check.ts';
import { fault, type Rule } from '../rule.contract.ts';
import { perContainer, perPod } from '../rule.scope.ts';

export const sharesNoHostNamespace: Rule = {
  id: 'no-host-namespaces',
  title: 'No pod shares a namespace with its node, and no container with its neighbours',
  row: 7,
  scanners: {
    pss: ['hostNamespaces'],
    checkov: ['CKV_K8S_17', 'CKV_K8S_18', 'CKV_K8S_19'],
    trivy: ['KSV-0008', 'KSV-0009', 'KSV-0010'],
    kubescape: ['C-0038', 'C-0041'],
    kubeLinter: ['host-ipc', 'host-network', 'host-pid'],
    polaris: ['hostIPCSet', 'hostNetworkSet', 'hostPIDSet'],
    kyverno: ['disallow-host-namespaces'],
  },
  check: perPod((pod) =>
    ['hostPID', 'hostIPC', 'hostNetwork', 'shareProcessNamespace'].flatMap((field) =>
      mustHold(pod, `/spec/${field}`, (found) => found === undefined || found === false, 'leave it out'),
    ),
  ),
};

export const bindsNoHostPort: Rule = {
  id: 'no-host-ports',
  title: 'No container binds a port of its node',
  row: 7,
  scanners: {
    pss: ['hostPorts'],
    checkov: ['CKV_K8S_26'],
    trivy: ['KSV-0024'],
    kubescape: ['C-0044'],
    polaris: ['hostPortSet'],
    kyverno: ['disallow-host-ports'],
  },
  check: perContainer(({ container }) =>
    (container.ports ?? []).flatMap(({ hostPort }, index) =>
      hostPort === undefined
        ? []
        : [fault(`/ports/${index}/hostPort`, `is ${hostPort}`, 'leave it out; a Service leads here')],
    ),
  ),
};

const allowed = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
  'image',
];

export const mountsOnlySafeVolumes: Rule = {
  id: 'volume-types',
  title: 'Volumes are of the types that Pod Security allows: none of the host',
  row: 11,
  scanners: {
    pss: ['hostPathVolumes', 'restrictedVolumes'],
    checkov: ['CKV_K8S_27'],
    trivy: ['KSV-0023', 'KSV-0028', 'KSV-0121'],
    kubescape: ['C-0045', 'C-0048', 'C-0074'],
    kubeLinter: ['docker-sock', 'sensitive-host-mounts', 'writable-host-mount'],
    polaris: ['hostPathSet'],
    kyverno: ['disallow-host-path', 'restrict-volume-types'],
  },
  check: perPod(({ spec }) =>
    (spec.volumes ?? []).flatMap((volume, index) => {
      const types = Object.keys(volume).filter((key) => key !== 'name');
      // Without a type it would be a directory without a size.
      return types.length === 1 && types.every((type) => allowed.includes(type))
        ? []
        : [
            fault(
              `/spec/volumes/${index}`,
              `is of type ${types.join(', ') || 'none'}`,
              `use one of ${allowed.join(', ')}`,
            ),
          ];
    }),
  ),
};

export const namesVolumeSources: Rule = {
  id: 'volume-sources',
  title: 'Every volume says where its content comes from',
  row: 11,
  scanners: {},
  check: perPod(({ spec }) =>
    (spec.volumes ?? []).flatMap(({ configMap, projected }, index) => {
      const sources = projected?.sources ?? [];
      const isComplete =
        (configMap === undefined || configMap.name !== undefined) &&
        (projected === undefined ||
          (sources.length > 0 && sources.every((source) => Object.keys(source).length === 1)));
      return isComplete ? [] : [fault(`/spec/volumes/${index}`, 'has no source', 'name what is mounted')];
    }),
  ),
};

export const linksNoServices: Rule = {
  id: 'no-service-links',
  title: 'No pod learns of other Services through its environment',
  scanners: {},
  check: perPod((pod) =>
    mustHold(
      pod,
      '/spec/enableServiceLinks',
      (found) => found === false,
      'set it to false: names come from DNS',
    ),
  ),
};
