import { z } from 'zod';
import type { Answers } from '../answers/index.ts';

const rootPackage = z.looseObject({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  workspaces: z.array(z.string()),
  scripts: z.record(z.string(), z.string()),
});

const testPackage = z.looseObject({ devDependencies: z.record(z.string(), z.string()) });

const write = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

// What runs something in a folder that isn't stamped.
const staysBehind = /(?:^|[\s/])(?:generators|test\/(?:generator|performance))\//;

/** The root's package.json of a workspace: the template's without the generator and the benchmarks. */
export function workspacePackage(text: string, { workspace, services }: Answers): string {
  const template = rootPackage.parse(JSON.parse(text));
  const scripts = Object.entries(template.scripts).filter(([, command]) => !staysBehind.test(command));
  return write({
    ...template,
    name: workspace,
    description: `Services that are secure where they run: ${services.map(({ name }) => name).join(', ')}`,
    workspaces: template.workspaces.filter((folder) => folder !== 'generators'),
    scripts: Object.fromEntries(scripts),
  });
}

/** The package.json of what judges a workspace, with a further service that has to be built before. */
export function registerInTests(text: string, service: string): string {
  const template = testPackage.parse(JSON.parse(text));
  const devDependencies = Object.entries({ ...template.devDependencies, [service]: '*' });
  return write({
    ...template,
    devDependencies: Object.fromEntries(devDependencies.toSorted(([a], [b]) => (a < b ? -1 : 1))),
  });
}

/** The package.json of what judges a workspace: it has no generator to judge. */
export function testPackageOf(text: string): string {
  const { devDependencies, ...template } = testPackage.parse(JSON.parse(text));
  const kept = Object.entries(devDependencies).filter(([name]) => name !== 'generator-secure-backend');
  return write({ ...template, devDependencies: Object.fromEntries(kept) });
}
