import type { Finding } from '../finding.ts';
import { workspaceOf } from './direction.rule.ts';
import { packageOf, type Import } from './import.graph.ts';

/** The packages that a workspace's package.json declares, by the workspace's folder; the root's under ''. */
export type Declared = ReadonlyMap<string, ReadonlySet<string>>;

/** Imports of packages that happen to be installed without being declared: a copy of the folder would lack them. */
export const undeclaredImports = (graph: readonly Import[], declared: Declared): Finding[] =>
  graph
    .filter(({ to, specifier }) => to === undefined && !specifier.startsWith('node:'))
    .filter(({ from, specifier }) =>
      [workspaceOf(from) ?? '', ''].every((home) => !declared.get(home)?.has(packageOf(specifier))),
    )
    .map(({ from, specifier, line }) => {
      return { path: from, line, message: `${packageOf(specifier)} is not declared in package.json` };
    });

const rawPool = /^pg(?:-pool)?(?:\/|$)/;
const poolPlaces = /^libs\/(?:chassis\/src\/database|local-stack)\//;

/** The driver where it must not be: whoever holds a raw pool outlives the rotation of its credentials. */
export const strayPools = (graph: readonly Import[]): Finding[] =>
  graph
    .filter(({ from, specifier }) => rawPool.test(specifier) && !poolPlaces.test(from))
    .map(({ from, line }) => ({ path: from, line, message: 'imports the raw driver' }));
