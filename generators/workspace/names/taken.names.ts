import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What a name in a workspace belongs to. */
export interface TakenName {
  readonly name: string;
  /** As it is said: `the service`, `a package in libs/`. */
  readonly owner: string;
  /** Whether more names are derived from it, like that of its migrations. */
  readonly isService: boolean;
}

const folders = [
  ['apps', 'a service'],
  ['k8s/services', 'a service in k8s/services'],
  ['k8s/callers', 'a caller in k8s/callers'],
  ['k8s/dependencies', 'a dependency in k8s/dependencies'],
  ['libs', 'a library in libs'],
] as const;

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

const lock = z.looseObject({ packages: z.record(z.string(), z.unknown()) });
const named = z.looseObject({ name: z.string() });

function readJson<T>(file: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Whoever needs the file will say what is wrong with it; here it takes no names.
    return undefined;
  }
}

/** What npm would link to a workspace of that name instead. */
function installed(root: string): string[] {
  const packages = readJson(join(root, 'package-lock.json'), lock)?.packages ?? {};
  return Object.keys(packages).flatMap((location) => /.*node_modules\/(.+)$/.exec(location)?.[1] ?? []);
}

/** Every name that a service of a workspace can't have any more. */
export function takenNames(root: string): TakenName[] {
  const inFolders = folders.flatMap(([folder, owner]) =>
    foldersIn(join(root, folder)).map((name) => ({ name, owner, isService: owner.startsWith('a service') })),
  );
  const packages = inFolders.flatMap(({ name }) => {
    const file = ['apps', 'libs'].map((folder) => readJson(join(root, folder, name, 'package.json'), named));
    return file.flatMap((found) =>
      found ? [{ name: found.name, owner: 'a package', isService: false }] : [],
    );
  });
  const needed = installed(root).map((name) => ({ name, owner: 'an installed package', isService: false }));
  return [...inFolders, ...packages, ...needed];
}
