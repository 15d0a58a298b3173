import { mustBe, mustHold } from '../field.check.ts';
import { fault, type Rule } from '../rule.contract.ts';
import { perContainer } from '../rule.scope.ts';
import { trustedRegistries } from './registry.list.ts';

const reference =
  /^(?<repository>[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)+):(?<tag>[\w.-]+)@sha256:[0-9a-f]{64}$/;

export const imagesHaveDigests: Rule = {
  id: 'image-digest',
  title: 'Every image is named by registry, tag and digest, and its tag is never latest',
  row: 16,
  scanners: {
    checkov: ['CKV_K8S_14', 'CKV_K8S_43'],
    trivy: ['KSV-0013'],
    kubeLinter: ['latest-tag'],
    kubeScore: ['container-image-tag'],
    polaris: ['tagNotSpecified'],
    kyverno: ['disallow-latest-tag', 'require-image-checksum'],
  },
  check: perContainer(({ container }) =>
    mustHold(
      container,
      '/image',
      (image) => !['latest', undefined].includes(reference.exec(String(image))?.groups?.['tag']),
      'name it as registry/name:tag@sha256:…',
    ),
  ),
};

export const imagesArePulled: Rule = {
  id: 'pull-policy-always',
  title: 'Every image is asked for at its registry, so that its credentials are checked each time',
  row: 17,
  // checkov and kube-score are content with a digest, Polaris is not.
  scanners: {
    checkov: ['CKV_K8S_15'],
    kubeScore: ['container-image-pull-policy'],
    polaris: ['pullPolicyNotAlways'],
    kyverno: ['always-pull-images'],
  },
  check: perContainer(({ container }) => mustBe(container, '/imagePullPolicy', 'Always')),
};

export const imagesAreTrusted: Rule = {
  id: 'trusted-registry',
  title: 'Every image comes from a registry that the cluster trusts',
  row: 18,
  scanners: { trivy: ['KSV-0125'], kubescape: ['C-0078'], kyverno: ['restrict-image-registries'] },
  check: perContainer(({ container }) => {
    const image = container.image ?? '';
    const name = reference.exec(image)?.groups?.['repository'] ?? image;
    const isKnown = trustedRegistries.some((source) =>
      source.endsWith('/') ? name.startsWith(source) : name === source,
    );
    return isKnown ? [] : [fault('/image', `comes from ${name}`, 'take it from a trusted registry')];
  }),
};
