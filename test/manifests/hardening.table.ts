import { requirements } from './rules/requirement.catalogue.ts';
import type { Rule } from './rules/rule.contract.ts';

const names: Readonly<Record<keyof Rule['scanners'], string>> = {
  pss: 'Pod Security',
  checkov: 'checkov',
  trivy: 'Trivy',
  kubescape: 'kubescape',
  kubeLinter: 'kube-linter',
  kubeScore: 'kube-score',
  polaris: 'Polaris',
  kyverno: 'Kyverno',
};

const scannersOf = ({ scanners }: Rule): string =>
  Object.entries(names)
    .flatMap(([scanner, name]) => {
      const ids = scanners[scanner as keyof Rule['scanners']] ?? [];
      return ids.length === 0 ? [] : [`${name}: ${ids.join(', ')}`];
    })
    .join('; ');

const requirementOf = ({ row }: Rule): string => (row === undefined ? '' : `${row} ${requirements[row]}`);

/** The rules as lines of a Markdown table, without widths: what a document has to say. */
export const hardeningRows = (rules: readonly Rule[]): string[] =>
  rules.map((rule) =>
    [`\`${rule.id}\``, rule.title, requirementOf(rule), scannersOf(rule)]
      .map((cell) => cell.replaceAll('|', '\\|'))
      .join(' | '),
  );

/** The rows of a document's table, in the form of `hardeningRows`. */
export const rowsOfText = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim())
        .join(' | '),
    );
