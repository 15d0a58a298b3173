import type { Finding } from '../finding.ts';
import type { PackageFile } from '../workspace.packages.ts';
import { isTest, workspaceOf } from './direction.rule.ts';
import { packageOf, type Import } from './import.graph.ts';

/**
 * Imports of packages that happen to be installed without being declared: a copy of the folder would lack them. Only
 * tests may name their own workspace, as a user of it would; for its code that is a way around the layers.
 */
export function undeclaredImports(graph: readonly Import[], packages: readonly PackageFile[]): Finding[] {
  const isDeclared = ({ from, specifier }: Import): boolean => {
    const name = packageOf(specifier);
    const home = workspaceOf(from) ?? '';
    return packages.some(
      (candidate) =>
        (['', home].includes(candidate.folder) && candidate.dependencies.includes(name)) ||
        (candidate.folder === home && candidate.name === name && isTest(from)),
    );
  };
  return graph
    .filter((edge) => edge.to === undefined && !edge.specifier.startsWith('node:') && !isDeclared(edge))
    .map(({ from, specifier, line }) => {
      return { path: from, line, message: `${packageOf(specifier)} is not declared in package.json` };
    });
}

const rawPool = /^pg(?:-pool)?(?:\/|$)/;
const poolPlaces = /^(?:libs\/(?:chassis\/src\/database|local-stack)|test\/performance)\//;
const mayHoldPool = (path: string): boolean =>
  poolPlaces.test(path) || (workspaceOf(path) === 'libs/chassis' && isTest(path));

/** The driver where it must not be: whoever holds a raw pool outlives the rotation of its credentials. */
export const strayPools = (graph: readonly Import[]): Finding[] =>
  graph
    .filter(({ from, specifier }) => rawPool.test(specifier) && !mayHoldPool(from))
    .map(({ from, line }) => ({ path: from, line, message: 'imports the raw driver' }));

/** Code that would carry what is meant for tests into production. */
export const testCodeInProduction = (graph: readonly Import[]): Finding[] =>
  graph
    .filter(({ from, specifier }) => !isTest(from) && /\/testing(?:\/|$)/.test(specifier))
    .map(({ from, line }) => ({ path: from, line, message: 'imports what is meant for tests' }));
