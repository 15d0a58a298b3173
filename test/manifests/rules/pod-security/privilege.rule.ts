import { mustBe, mustBeAbsent } from '../field.check.ts';
import type { Rule } from '../rule.contract.ts';
import { perContainer } from '../rule.scope.ts';

export const escalatesNoPrivilege: Rule = {
  id: 'no-privilege-escalation',
  title: 'No process gains more rights than its parent',
  row: 3,
  scanners: {
    pss: ['allowPrivilegeEscalation'],
    checkov: ['CKV_K8S_20'],
    trivy: ['KSV-0001'],
    kubescape: ['C-0016'],
    kubeLinter: ['privilege-escalation-container'],
    polaris: ['privilegeEscalationAllowed'],
    kyverno: ['disallow-privilege-escalation'],
  },
  check: perContainer(({ container }) =>
    mustBe(container, '/securityContext/allowPrivilegeEscalation', false),
  ),
};

export const dropsCapabilities: Rule = {
  id: 'capabilities-dropped',
  title: 'Every container drops all capabilities and adds none',
  row: 4,
  scanners: {
    pss: ['capabilities', 'capabilities_restricted'],
    checkov: ['CKV_K8S_25', 'CKV_K8S_28', 'CKV_K8S_37', 'CKV_K8S_39'],
    trivy: ['KSV-0003', 'KSV-0004', 'KSV-0005', 'KSV-0022', 'KSV-0106', 'KSV-0119', 'KSV-0120'],
    kubescape: ['C-0046'],
    kubeLinter: ['drop-net-raw-capability'],
    polaris: ['dangerousCapabilities', 'insecureCapabilities'],
    kyverno: ['disallow-capabilities-strict', 'drop-all-capabilities'],
  },
  check: perContainer(({ container }) => [
    ...mustBe(container, '/securityContext/capabilities/drop', ['ALL']),
    ...mustBeAbsent(container, '/securityContext/capabilities/add'),
  ]),
};

export const isNotPrivileged: Rule = {
  id: 'not-privileged',
  title: 'Every container says that it is not privileged',
  row: 7,
  scanners: {
    pss: ['privileged'],
    checkov: ['CKV_K8S_16'],
    trivy: ['KSV-0017'],
    kubescape: ['C-0057'],
    kubeLinter: ['privileged-container'],
    kubeScore: ['container-security-context-privileged'],
    polaris: ['runAsPrivileged'],
    kyverno: ['disallow-privileged-containers'],
  },
  check: perContainer(({ container }) => mustBe(container, '/securityContext/privileged', false)),
};
