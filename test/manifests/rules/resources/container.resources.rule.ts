import { quantity } from '../../../kubernetes/quantity.value.ts';
import { mustHold, valueAt } from '../field.check.ts';
import { fault, type Rule } from '../rule.contract.ts';
import { perContainer } from '../rule.scope.ts';

const resources = ['cpu', 'memory', 'ephemeral-storage'] as const;

export const statesResources: Rule = {
  id: 'requests-and-limits',
  title: 'Every container states requests and limits of processor, memory and disk',
  row: 15,
  // Kyverno's forbid-cpu-limits asks for the opposite; a limit that leaves room costs nothing, and a quota demands it.
  scanners: {
    checkov: ['CKV_K8S_10', 'CKV_K8S_11', 'CKV_K8S_12', 'CKV_K8S_13'],
    trivy: ['KSV-0011', 'KSV-0015', 'KSV-0016', 'KSV-0018'],
    kubescape: ['C-0270', 'C-0271'],
    kubeLinter: ['unset-cpu-requirements', 'unset-memory-requirements'],
    kubeScore: ['container-resources', 'container-ephemeral-storage-request-and-limit'],
    polaris: ['cpuLimitsMissing', 'cpuRequestsMissing', 'memoryLimitsMissing', 'memoryRequestsMissing'],
    kyverno: ['require-requests-limits'],
  },
  check: perContainer(({ container }) =>
    ['requests', 'limits'].flatMap((field) =>
      resources.flatMap((resource) =>
        mustHold(
          container,
          `/resources/${field}/${resource}`,
          (found) => quantity(found as string | undefined) > 0,
          'state an amount',
        ),
      ),
    ),
  ),
};

export const requestsWithinLimits: Rule = {
  id: 'requests-within-limits',
  title: 'No container requests more than its limit',
  row: 15,
  scanners: {},
  check: perContainer(({ container }) =>
    resources
      .filter((resource) => {
        const amount = (field: string): number =>
          quantity(valueAt(container, `/resources/${field}/${resource}`) as string | undefined);
        return amount('requests') > amount('limits');
      })
      .map((resource) => fault(`/resources/requests/${resource}`, 'is above the limit', 'lower it')),
  ),
};
