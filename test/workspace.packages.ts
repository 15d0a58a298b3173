import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { repositoryFiles, root } from './repository.files.ts';

/** What the judges read of a package.json. */
export interface PackageFile {
  /** The folder, '' for the root. */
  readonly folder: string;
  readonly name: string;
  readonly scripts: Readonly<Record<string, string>>;
  /** The direct dependencies of every kind, sorted. */
  readonly dependencies: readonly string[];
}

const entries = z.record(z.string(), z.string()).default({});
const manifestSchema = z.object({
  name: z.string(),
  scripts: entries,
  dependencies: entries,
  devDependencies: entries,
  optionalDependencies: entries,
  peerDependencies: entries,
});

function readPackage(path: string): PackageFile {
  const { name, scripts, ...kinds } = manifestSchema.parse(
    JSON.parse(readFileSync(join(root, path), 'utf8')),
  );
  const dependencies = Object.values(kinds).flatMap((kind) => Object.keys(kind));
  return { folder: dirname(path).replace(/^\.$/, ''), name, scripts, dependencies: dependencies.toSorted() };
}

/** Every package.json of the repository, the root's among them. */
export const readPackages = (): PackageFile[] =>
  repositoryFiles()
    .filter((path) => /^(?:(?:apps|libs)\/[^/]+\/|docker\/|generators\/|test\/)?package\.json$/.test(path))
    .map(readPackage);
