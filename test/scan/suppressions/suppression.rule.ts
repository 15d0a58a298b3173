import type { Texts } from '../../repository.files.ts';
import type { Hit } from '../scanners/scanner.ts';

/** By these words a comment or an annotation silences a scanner. */
const markers =
  /checkov(?:\.io\/|:)skip|kube-score\/(?:ignore|enable)|(?:trivy|tfsec):ignore|hadolint +(?:global +)?ignore|ignore-check\.kube-linter\.io|kube-linter\.io\/ignore-all|polaris\.fairwinds\.com\/[\w-]*exempt|(?:dockle|kics-scan) +(?:ignore|disable)|gitleaks:allow/i;

/** Files by whose presence a scanner is told to be silent. */
const configurations =
  /(?:^|\/)(?:\.checkov\.ya?ml|\.trivyignore(?:\.ya?ml)?|\.hadolint\.ya?ml|\.kube-linter\.ya?ml|\.dockleignore|\.gitleaksignore|\.gitleaks\.toml|kics\.config|\.kics\.\w+|polaris\.ya?ml)$/;

/** Exceptions have one place, with a reason and a date: anything else that silences a scanner is a finding. */
export function suppressions(texts: Texts): Hit[] {
  return [...texts].flatMap(([path, text]) => [
    ...(configurations.test(path)
      ? [{ id: 'suppressing-file', resource: path, message: 'tells a scanner to be silent' }]
      : []),
    ...text.split('\n').flatMap((line, index) => {
      const found = markers.exec(line);
      return found === null
        ? []
        : [
            {
              id: 'suppressing-comment',
              resource: path,
              message: `line ${index + 1} tells a scanner to be silent: ${found[0]}`,
            },
          ];
    }),
  ]);
}
