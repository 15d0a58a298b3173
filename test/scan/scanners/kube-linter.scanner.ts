import { z } from 'zod';
import type { Scanner } from './scanner.ts';

const output = z.object({
  Reports: z
    .array(
      z.object({
        Check: z.string(),
        Diagnostic: z.object({ Message: z.string() }),
        Object: z.object({
          K8sObject: z.object({ Name: z.string(), GroupVersionKind: z.object({ Kind: z.string() }) }),
        }),
      }),
    )
    .nullable(),
});

/**
 * Off by default, and asked for here. Not asked for: what contradicts the standard (annotations of one company, only two priority
 * classes, DNS options), and schemas, which need the network and are kubeconform's.
 */
const furtherChecks = [
  'access-to-create-pods',
  'access-to-secrets',
  'cluster-admin-role-binding',
  'dangling-horizontalpodautoscaler',
  'dangling-ingress',
  'dangling-networkpolicy',
  'dangling-networkpolicypeer-podselector',
  'default-service-account',
  'exposed-services',
  'hpa-minimum-three-replicas',
  'minimum-three-replicas',
  'no-liveness-probe',
  'no-readiness-probe',
  'non-isolated-pod',
  'privileged-ports',
  'read-secret-from-env-var',
  'unsafe-proc-mount',
  'use-namespace',
  'wildcard-in-rules',
  'writable-host-mount',
];

export const kubeLinter: Scanner = {
  name: 'kube-linter',
  reads: ['manifests'],
  install: 'https://github.com/stackrox/kube-linter/releases',
  arguments: ({ path }) => ['lint', '--format=json', `--include=${furtherChecks.join(',')}`, path],
  parse: (text) =>
    (output.parse(JSON.parse(text)).Reports ?? []).map(({ Check, Diagnostic, Object: { K8sObject } }) => ({
      id: Check,
      resource: `${K8sObject.GroupVersionKind.Kind}/${K8sObject.Name}`,
      message: Diagnostic.Message,
    })),
};
