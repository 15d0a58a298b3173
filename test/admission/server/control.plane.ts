import { spawnSync } from 'node:child_process';

const programs = ['etcd', 'kube-apiserver', 'kubectl'];

/** Why no API server of our own can be started here, or undefined: for `describe.skipIf`. */
export const controlPlaneMissing: string | undefined = describeMissing();

function describeMissing(): string | undefined {
  const missing = programs.filter((name) => spawnSync(name, ['--help'], { stdio: 'ignore' }).error);
  return missing.length === 0
    ? undefined
    : `no ${missing.join(' and ')} on the PATH (setup-envtest brings them: https://book.kubebuilder.io/reference/envtest)`;
}

/** For the end of a title: why its tests are skipped, if they are. */
export const skipReason = controlPlaneMissing ? ` (skipped: ${controlPlaneMissing})` : '';
