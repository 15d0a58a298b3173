import { mustBe, mustBeAbsent, mustHold } from '../field.check.ts';
import { fault, type Rule } from '../rule.contract.ts';
import { both, perContainer, perPod } from '../rule.scope.ts';

export const confinesSystemCalls: Rule = {
  id: 'seccomp-runtime-default',
  title: "Every pod and every container has the runtime's seccomp profile",
  row: 6,
  // checkov refuses Localhost, which Pod Security would take; the stricter one wins.
  scanners: {
    pss: ['seccompProfile_restricted'],
    checkov: ['CKV_K8S_31'],
    trivy: ['KSV-0030', 'KSV-0104'],
    kubescape: ['C-0055', 'C-0210'],
    kubeScore: ['container-seccomp-profile'],
    polaris: ['linuxHardening'],
    kyverno: ['restrict-seccomp-strict'],
  },
  check: both(
    perPod((pod) => mustBe(pod, '/spec/securityContext/seccompProfile/type', 'RuntimeDefault')),
    perContainer(({ container }) =>
      mustBe(container, '/securityContext/seccompProfile/type', 'RuntimeDefault'),
    ),
  ),
};

export const hasDefaultProcMount: Rule = {
  id: 'default-proc-mount',
  title: 'Nothing of /proc is unmasked',
  row: 9,
  scanners: {
    pss: ['procMount_restricted'],
    trivy: ['KSV-0027'],
    kubeLinter: ['unsafe-proc-mount'],
    polaris: ['procMount'],
  },
  check: perContainer(({ container }) =>
    mustHold(
      container,
      '/securityContext/procMount',
      (found) => found === undefined || found === 'Default',
      'leave it out',
    ),
  ),
};

export const setsNoSysctls: Rule = {
  id: 'no-sysctls',
  title: 'No pod changes the kernel',
  row: 9,
  // Pod Security has a list of safe ones; nothing here needs any.
  scanners: {
    pss: ['sysctls'],
    trivy: ['KSV-0026'],
    kyverno: ['restrict-sysctls'],
    kubeLinter: ['unsafe-sysctls'],
  },
  check: perPod((pod) => mustBeAbsent(pod, '/spec/securityContext/sysctls')),
};

export const hasNoWindowsOptions: Rule = {
  id: 'no-windows-options',
  title: 'No pod has options of Windows',
  row: 9,
  scanners: {
    pss: ['windowsHostProcess'],
    trivy: ['KSV-0103'],
    polaris: ['hostProcess'],
    kyverno: ['disallow-host-process'],
  },
  check: both(
    perPod((pod) => mustBeAbsent(pod, '/spec/securityContext/windowsOptions')),
    perContainer(({ container }) => mustBeAbsent(container, '/securityContext/windowsOptions')),
  ),
};

export const probesOnlyItself: Rule = {
  id: 'no-probe-host',
  title: 'Probes and hooks name no other host',
  row: 10,
  scanners: { pss: ['hostProbesAndHostLifecycle'] },
  check: perContainer(({ container }) => {
    const { startupProbe, livenessProbe, readinessProbe, lifecycle } = container;
    const handlers = {
      '/startupProbe': startupProbe,
      '/livenessProbe': livenessProbe,
      '/readinessProbe': readinessProbe,
      '/lifecycle/postStart': lifecycle?.postStart,
      '/lifecycle/preStop': lifecycle?.preStop,
    };
    return Object.entries(handlers).flatMap(([at, handler]) =>
      [handler?.httpGet?.host, handler?.tcpSocket?.host]
        .filter((host) => host !== undefined)
        .map((host) => fault(at, `names the host ${host}`, 'leave the host out')),
    );
  }),
};
