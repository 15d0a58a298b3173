import type { Finding } from '../finding.ts';
import type { PackageFile } from '../workspace.packages.ts';
import type { Markdown } from './markdown.text.ts';

interface Row {
  readonly line: number;
  readonly names: readonly string[];
  readonly reason: string;
}

const heading = /^#{1,6} /;

/** The rows of the tables under a heading that speaks of dependencies: packages in code, then the reason for them. */
function rowsOf({ prose }: Markdown): Row[] {
  let within = false;
  return prose.flatMap(({ line, text }) => {
    if (heading.test(text)) within = /dependenc/i.test(text);
    if (!within || !text.startsWith('|')) return [];
    const [, first = '', ...others] = text.split('|').map((cell) => cell.trim());
    const names = [...first.matchAll(/`([^`]+)`/g)].map((name) => name[1] ?? '');
    return names.length === 0 ? [] : [{ line, names, reason: others.join(' ').trim() }];
  });
}

const matches = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;

/**
 * Where ARCHITECTURE.md and the package.json files disagree about direct dependencies: one unexplained, one explained
 * but gone, or a row without a reason. A row may name a family, such as `@types/*`.
 */
export function dependencyTableErrors(document: Markdown, packages: readonly PackageFile[]): Finding[] {
  const own = new Set(packages.map(({ name }) => name));
  const direct = [...new Set(packages.flatMap(({ dependencies }) => dependencies))].filter(
    (name) => !own.has(name),
  );
  const rows = rowsOf(document);
  const explained = rows.flatMap(({ names }) => names);
  const finding = (line: number, message: string): Finding => ({ path: document.path, line, message });
  return [
    ...direct
      .filter((name) => !explained.some((pattern) => matches(pattern, name)))
      .map((name) => finding(1, `no reason is given for ${name}`)),
    ...rows.flatMap(({ line, names }) =>
      names
        .filter((pattern) => !direct.some((name) => matches(pattern, name)))
        .map((pattern) => finding(line, `${pattern} is no direct dependency`)),
    ),
    ...rows
      .filter(({ reason }) => !/\w{2,} \w{2,}/.test(reason))
      .map(({ line, names }) => finding(line, `${names.join(', ')} stands without a reason`)),
  ];
}
