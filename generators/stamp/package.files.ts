import { z } from 'zod';
import type { Answers } from '../answers/index.ts';

const rootPackage = z.object({
  workspaces: z.array(z.string()),
  scripts: z.record(z.string(), z.string()),
});

const testPackage = z.object({
  scripts: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

/** A JSON text with some of its values exchanged; the order of its keys stays. */
const withValues = (text: string, values: object): string =>
  `${JSON.stringify({ ...(JSON.parse(text) as object), ...values }, undefined, 2)}\n`;

// What runs something in a folder that isn't stamped.
const staysBehind = /(?:^|[\s/])(?:generators?|test\/(?:generator|performance))\/|test:full/;

const scriptsOf = (scripts: Readonly<Record<string, string>>): object =>
  Object.fromEntries(Object.entries(scripts).filter(([, command]) => !staysBehind.test(command)));

/** The root's package.json of a workspace: the template's without the generator and the benchmarks. */
export function workspacePackage(text: string, { workspace }: Answers): string {
  const { workspaces, scripts } = rootPackage.parse(JSON.parse(text));
  return withValues(text, {
    name: workspace,
    description: 'Services that are secure where they run',
    workspaces: workspaces.filter((folder) => folder !== 'generators'),
    scripts: scriptsOf(scripts),
  });
}

/** The package.json of what judges a workspace: it has no generator to judge. */
export function testPackageOf(text: string): string {
  const { scripts, devDependencies } = testPackage.parse(JSON.parse(text));
  const kept = Object.entries(devDependencies).filter(([name]) => name !== 'generator-secure-backend');
  return withValues(text, { scripts: scriptsOf(scripts), devDependencies: Object.fromEntries(kept) });
}
