import { describe, expect, it } from 'vitest';
import { suppressions } from './suppression.rule.ts';

const found = (text: string, path = 'k8s/a.yaml') =>
  suppressions(new Map([[path, text]])).map(({ id, message }) => `${id}: ${message}`);

describe('a suppression', () => {
  it.each([
    'checkov.io/skip1: CKV_K8S_8=no',
    '# checkov:skip=CKV_DOCKER_3',
    'kube-score/ignore: container-resources',
    '# trivy:ignore:KSV-0001',
    '# hadolint ignore=DL3006',
    '# hadolint global ignore=DL3006',
    'ignore-check.kube-linter.io/latest-tag: no',
    'polaris.fairwinds.com/cpuLimitsMissing-exempt: "true"',
    '# kics-scan ignore-line',
    'x # gitleaks:allow',
  ])('is found: %s', (line) => {
    expect(found(`a: 1\n${line}\n`)).toEqual([
      expect.stringMatching(/^suppressing-comment: line 2 tells a scanner to be silent: /),
    ]);
  });

  it.each(['.trivyignore', '.checkov.yaml', '.hadolint.yaml', 'k8s/.kube-linter.yml', '.gitleaks.toml'])(
    'is found as a file: %s',
    (path) => {
      expect(found('', path)).toEqual(['suppressing-file: tells a scanner to be silent']);
    },
  );

  it('is no ordinary comment', () => {
    expect(found('# Checkov and Trivy look at this, kube-score ignores it.\n')).toEqual([]);
  });
});
