import { mustBe, mustHold } from '../field.check.ts';
import type { Rule } from '../rule.contract.ts';
import { both, perContainer, perPod } from '../rule.scope.ts';

/** Above what distributions give to their own users; Trivy wants more than 10000. */
const isOwnId = (id: unknown): boolean => Number.isInteger(id) && (id as number) > 10_000;
const cure = 'set it to a number above 10000';

export const runsAsNonRoot: Rule = {
  id: 'run-as-non-root',
  title: 'Every pod and every container says that it is not root',
  row: 1,
  scanners: {
    pss: ['runAsNonRoot'],
    checkov: ['CKV_K8S_23'],
    trivy: ['KSV-0012'],
    kubescape: ['C-0013'],
    kubeLinter: ['run-as-non-root'],
    polaris: ['runAsRootAllowed'],
    kyverno: ['require-run-as-nonroot'],
  },
  // With user namespaces Pod Security doesn't ask any more; we do.
  check: both(
    perPod(({ spec }) => mustBe(spec, '/securityContext/runAsNonRoot', true).map(inSpec)),
    perContainer(({ container }) => mustBe(container, '/securityContext/runAsNonRoot', true)),
  ),
};

export const hasOwnIds: Rule = {
  id: 'numeric-own-ids',
  title: 'Every pod and every container has a numeric user and group above 10000',
  row: 2,
  scanners: {
    pss: ['runAsUser'],
    checkov: ['CKV_K8S_40'],
    trivy: ['KSV-0020', 'KSV-0021', 'KSV-0105', 'KSV-0116'],
    kubescape: ['C-0013'],
    kubeScore: ['container-security-context-user-group-id'],
  },
  check: both(
    perPod(({ spec }) =>
      ids.flatMap((id) => mustHold(spec, `/securityContext/${id}`, isOwnId, cure).map(inSpec)),
    ),
    perContainer(({ container }) =>
      ids.flatMap((id) => mustHold(container, `/securityContext/${id}`, isOwnId, cure)),
    ),
  ),
};

const ids = ['runAsUser', 'runAsGroup'] as const;

const inSpec = <T extends { at: string }>(fault: T): T => ({ ...fault, at: `/spec${fault.at}` });
