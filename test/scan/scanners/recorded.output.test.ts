import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scanners } from './index.ts';
import type { ScanInput } from './scanner.ts';

/** What is read out of each recording; what a scanner has passed or skipped for good is among them and isn't here. */
const expected: Readonly<Record<string, readonly string[]>> = {
  kubeconform: ['statusInvalid Deployment/planted'],
  psacheck: [
    'privileged Deployment/planted',
    'allowPrivilegeEscalation != false Deployment/planted',
    'unrestricted capabilities Deployment/planted',
    'runAsNonRoot != true Deployment/planted',
    'seccompProfile Deployment/planted',
  ],
  'kube-score': ['container-resources Deployment/planted', 'container-image-tag Deployment/planted'],
  'kube-linter': ['latest-tag Deployment/planted', 'no-read-only-root-fs Deployment/planted'],
  polaris: ['deploymentMissingReplicas Deployment/planted', 'runAsPrivileged Deployment/planted'],
  // The last one was silenced by an annotation.
  checkov: ['CKV_K8S_12 Deployment/planted', 'CKV_K8S_9 Deployment/planted', 'CKV_K8S_43 Deployment/planted'],
  trivy: ['KSV-0001 Deployment/planted', 'KSV-0003 Deployment/planted'],
  kubescape: ['C-0057 Deployment/planted'],
  kics: ['dd29336b-fe57-445b-a26e-e6aa867ae609 Deployment/planted'],
  hadolint: ['DL3007 docker/Dockerfile', 'DL3003 docker/Dockerfile', 'DL3004 docker/Dockerfile'],
  dockle: ['CIS-DI-0005 docker/image'],
  gitleaks: ['github-pat a.txt'],
};

const names = {
  manifests: 'k8s',
  dockerfile: 'docker/Dockerfile',
  image: 'docker/image',
  sources: 'sources',
};

describe.each(scanners)('what $name writes', (scanner) => {
  const kind = scanner.reads[0] ?? 'manifests';
  const input: ScanInput = {
    kind,
    name: names[kind],
    path: '/inputs/src',
    resourceAt: () => 'Deployment/planted',
  };

  it('is read from a recording', () => {
    const file = scanner.name === 'psacheck' ? 'psacheck.txt' : `${scanner.name}.json`;
    const recording = readFileSync(join(import.meta.dirname, '../recordings', file), 'utf8');
    expect(scanner.parse(recording, input).map(({ id, resource }) => `${id} ${resource}`)).toEqual(
      expected[scanner.name],
    );
  });

  it.each(['', 'panic: out of memory', '{"error": "license"}', '[{"a": 1}]'])(
    'is no silence when it is "%s"',
    (output) => {
      expect(() => scanner.parse(output, input)).toThrow(Error);
    },
  );
});
