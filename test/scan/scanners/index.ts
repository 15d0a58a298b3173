import { checkov } from './checkov.scanner.ts';
import { dockle } from './dockle.scanner.ts';
import { gitleaks } from './gitleaks.scanner.ts';
import { hadolint } from './hadolint.scanner.ts';
import { kics } from './kics.scanner.ts';
import { kubeLinter } from './kube-linter.scanner.ts';
import { kubeScore } from './kube-score.scanner.ts';
import { kubeconform } from './kubeconform.scanner.ts';
import { kubescape } from './kubescape.scanner.ts';
import { polaris } from './polaris.scanner.ts';
import { psacheck } from './psacheck.scanner.ts';
import type { Scanner } from './scanner.ts';
import { trivy } from './trivy.scanner.ts';

/** All that `npm run scan` knows how to run, in the order of its report. */
export const scanners: readonly Scanner[] = [
  kubeconform,
  psacheck,
  kubeScore,
  kubeLinter,
  polaris,
  checkov,
  trivy,
  kubescape,
  kics,
  hadolint,
  dockle,
  gitleaks,
];
