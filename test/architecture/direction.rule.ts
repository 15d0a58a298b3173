import type { Finding } from '../finding.ts';
import type { PackageFile } from '../workspace.packages.ts';
import { packageOf, type Import } from './import.graph.ts';

/** What a workspace may import beside itself; its tests may import more. */
const directions: readonly { of: RegExp; code: RegExp; tests: RegExp }[] = [
  { of: /^apps\//, code: /^libs\/chassis$/, tests: /^libs\/(?:chassis|local-stack)$/ },
  { of: /^libs\/chassis$/, code: /^$/, tests: /^libs\/local-stack$/ },
  { of: /^libs\/local-stack$/, code: /^$/, tests: /^$/ },
  { of: /^docker$/, code: /^$/, tests: /^libs\/local-stack$/ },
  { of: /^generators$/, code: /^(?:apps|libs)\//, tests: /^(?:apps|libs)\// },
  { of: /^test$/, code: /^(?:apps|libs|docker|generators)/, tests: /^(?:apps|libs|docker|generators)/ },
];

/** `libs/chassis` for one of its files; undefined for a file at the root. */
export const workspaceOf = (path: string): string | undefined =>
  /^(?:(?:apps|libs)\/[^/]+|docker|generators|test)(?=\/|$)/.exec(path)?.[0];

/** Specs, the `test` folder of a workspace, and `testing`: what it offers to the tests of others. */
export const isTest = (path: string): boolean =>
  /\.(?:spec|test)\.ts$/.test(path) || /^(?:(?:apps|libs)\/[^/]+\/(?:src\/)?)?test(?:ing)?\//.test(path);

const targetOf = ({ to, specifier }: Import, packages: readonly PackageFile[]): string | undefined =>
  to === undefined ? packages.find(({ name }) => name === packageOf(specifier))?.folder : workspaceOf(to);

/** What the generator writes into a workspace is written by the evaluators that will judge it there. */
const isTables = ({ from, to }: Import): boolean =>
  workspaceOf(from) === 'generators' && to === 'test/tables/index.ts';

/**
 * Imports against the one direction: apps → libs; generators and test read both, nothing reads them but the generator the tables of
 * test.
 */
export function wrongDirections(graph: readonly Import[], packages: readonly PackageFile[]): Finding[] {
  return graph.flatMap((edge) => {
    const { from, line } = edge;
    const source = workspaceOf(from);
    const target = targetOf(edge, packages);
    if (source === undefined || target === undefined || source === target || isTables(edge)) return [];
    const rule = directions.find(({ of }) => of.test(source));
    const allowed = isTest(from) ? rule?.tests : rule?.code;
    return allowed?.test(target)
      ? []
      : [{ path: from, line, message: `${source} must not import ${target}` }];
  });
}
