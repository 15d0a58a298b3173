import { fault, type Rule } from '../rule.contract.ts';
import { perKind } from '../rule.scope.ts';

const sensitiveKey = /key|token|secret|passw|pwd|jwt|credential|username|email|phone/i;
// Trivy takes such values for secrets whatever they are: "8080" and "INFO" too.
const codeLike = /^[A-Z0-9<]{3,20}$/;
const sensitiveText = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /^\s*["']?[\w.-]*(?:password|passwd|secret|api[_-]?key|token)["']?\s*[:=]\s*["']?[^\s"'/$][^\s"']{7,}["']?\s*$/im,
  /:\/\/[^/@\s:]+:[^/@\s]+@/,
];

export const configMapsAreOpen: Rule = {
  id: 'config-map-content',
  title: 'No ConfigMap holds a secret, or what scanners take for one',
  row: 21,
  scanners: {
    kubescape: ['C-0012'],
    trivy: ['KSV-0109', 'KSV-01010'],
    polaris: ['sensitiveConfigmapContent'],
  },
  check: perKind('ConfigMap', ({ data = {}, binaryData }) => [
    ...(Object.keys(data).length > 0 ? [] : [fault('/data', 'is empty', 'drop it')]),
    ...(binaryData === undefined ? [] : [fault('/binaryData', 'is set', 'nobody can read it: use text')]),
    ...Object.entries(data).flatMap(([key, value = '']) =>
      sensitiveKey.test(key) || codeLike.test(value) || sensitiveText.some((text) => text.test(value))
        ? [
            fault(
              `/data/${key}`,
              'looks like a secret',
              'mount a Secret, or put it into a file of several lines',
            ),
          ]
        : [],
    ),
  ]),
};

export const rendersNoSecret: Rule = {
  id: 'no-secret-rendered',
  title: 'No Secret is part of the manifests',
  row: 21,
  scanners: { checkov: ['CKV_SECRET_6'], polaris: ['sensitiveConfigmapContent'] },
  check: perKind('Secret', () => [fault('/kind', 'is rendered', 'make it in the cluster: npm run secrets')]),
};
