import { containerField, idProblems, podField } from '../field.rule.ts';
import { at, listAt } from '../../kubernetes/pod.template.ts';
import { everyContainer, everyPod, type Rule } from '../rule.ts';

/** Kubernetes' restricted profile and what it leaves out. Both pod and container say it: some scanners read only one of them. */
export const podSecurityRules: readonly Rule[] = [
  podField(
    { id: 'pod-non-root', row: 1, title: 'No pod runs as root', scanners: 'PSS, kubescape C-0013' },
    'securityContext.runAsNonRoot',
    true,
  ),
  containerField(
    {
      id: 'container-non-root',
      row: 1,
      title: 'No container runs as root',
      scanners: 'checkov CKV_K8S_23, Trivy KSV-0012',
    },
    'securityContext.runAsNonRoot',
    true,
  ),
  everyPod(
    {
      id: 'pod-user',
      row: 2,
      title: 'Pods have a high numeric user and group',
      scanners: 'PSS, checkov CKV_K8S_40',
    },
    ({ spec }) => idProblems(spec, ['runAsUser', 'runAsGroup']),
  ),
  everyContainer(
    {
      id: 'container-user',
      row: 2,
      title: 'Containers have a high numeric user and group',
      scanners: 'Trivy KSV-0020, KSV-0021, kube-score',
    },
    ({ fields }) => idProblems(fields, ['runAsUser', 'runAsGroup']),
  ),
  containerField(
    {
      id: 'no-privilege-escalation',
      row: 3,
      title: 'No process gains rights',
      scanners: 'PSS, kubescape C-0016, checkov CKV_K8S_20, Trivy KSV-0001',
    },
    'securityContext.allowPrivilegeEscalation',
    false,
  ),
  everyContainer(
    {
      id: 'no-capabilities',
      row: 4,
      title: 'All capabilities are dropped, none is added',
      scanners: 'PSS, kubescape C-0046, checkov CKV_K8S_25/28/37/39, Trivy KSV-0003/0106',
    },
    ({ fields }) => [
      !(listAt(fields, 'securityContext', 'capabilities', 'drop') as readonly unknown[]).includes('ALL') &&
        'securityContext.capabilities.drop lacks ALL',
      listAt(fields, 'securityContext', 'capabilities', 'add').length > 0 &&
        'securityContext.capabilities.add has entries',
    ],
  ),
  containerField(
    {
      id: 'read-only-root',
      row: 5,
      title: 'The root file system is read-only',
      scanners: 'kubescape C-0017, checkov CKV_K8S_22, Trivy KSV-0014, Polaris',
    },
    'securityContext.readOnlyRootFilesystem',
    true,
  ),
  podField(
    {
      id: 'pod-seccomp',
      row: 6,
      title: "Pods have the runtime's seccomp profile",
      scanners: 'PSS, kubescape C-0055/0210, checkov CKV_K8S_31',
    },
    'securityContext.seccompProfile.type',
    'RuntimeDefault',
  ),
  containerField(
    {
      id: 'container-seccomp',
      row: 6,
      title: "Containers have the runtime's seccomp profile",
      scanners: 'Trivy KSV-0030/0104, kube-score',
    },
    'securityContext.seccompProfile.type',
    'RuntimeDefault',
  ),
  containerField(
    {
      id: 'not-privileged',
      row: 7,
      title: 'No container is privileged',
      scanners: 'PSS, kubescape C-0057, checkov CKV_K8S_16, Trivy KSV-0017',
    },
    'securityContext.privileged',
    false,
  ),
  everyContainer(
    {
      id: 'no-host-port',
      row: 7,
      title: 'No container takes a port of its node',
      scanners: 'PSS, kubescape C-0044, checkov CKV_K8S_26, Trivy KSV-0024',
    },
    ({ fields }) =>
      listAt(fields, 'ports').map(
        ({ hostPort }, i) => hostPort !== undefined && `ports[${i}].hostPort is set`,
      ),
  ),
  everyPod(
    {
      id: 'no-host-namespace',
      row: 7,
      title: 'No pod shares a namespace of its node',
      scanners: 'PSS, kubescape C-0038/0041, checkov CKV_K8S_17/18/19, Trivy KSV-0008/0009/0010',
    },
    ({ spec }) =>
      ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace'].map(
        (field) => at(spec, field) === true && `${field} is true`,
      ),
  ),
];
