import { posix } from 'node:path';
import { edgesOf } from './lock.edges.ts';
import { flagsOf, type Flags } from './lock.flags.ts';
import type { LockFile, LockPackage, LockPackages, Manifest } from './lock.package.ts';
import { inOrder } from './lock.order.ts';

/** A package.json of a workspace, and where it lies. */
export interface WorkspaceManifest {
  /** '' for the root, otherwise with forward slashes: `apps/orders-api`. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** The folder of the lock file that it was copied from, whose own packages it takes along; its own by default. */
  readonly from?: string;
}

// In the lock file an entry holds these of its package.json.
const kept =
  'version dependencies peerDependencies peerDependenciesMeta optionalDependencies devDependencies acceptDependencies ' +
  'funding engines os cpu libc license bin workspaces';

const isMissing = (key: string, value: unknown): boolean =>
  !value || (typeof value === 'object' && Object.keys(value).length === 0 && key !== 'devDependencies');

function entryOf({ folder, manifest }: WorkspaceManifest): LockPackage {
  const entry = Object.fromEntries(
    kept.split(' ').flatMap((key) => (isMissing(key, manifest[key]) ? [] : [[key, manifest[key]]])),
  );
  // npm names what the folder doesn't.
  return folder === '' || posix.basename(folder) !== manifest.name
    ? { name: manifest.name, ...entry }
    : entry;
}

/** All packages of the old lock file, with the workspaces that there are now; those that were are needed by nobody. */
function withWorkspaces(lock: LockFile, workspaces: readonly WorkspaceManifest[]): LockPackages {
  const old = Object.entries(lock.packages);
  const packages = new Map(old);
  for (const workspace of workspaces) {
    const { folder, manifest, from = folder } = workspace;
    packages.set(folder, entryOf(workspace));
    if (folder === '') continue;
    packages.set(`node_modules/${manifest.name}`, { resolved: folder, link: true });
    for (const [location, found] of old)
      if (location.startsWith(`${from}/node_modules/`))
        packages.set(`${folder}${location.slice(from.length)}`, found);
  }
  return packages;
}

const withFlags = (
  { dev: _dev, optional: _optional, devOptional: _both, peer: _peer, ...found }: LockPackage,
  { dev, optional, devOptional, peer }: Flags,
): LockPackage => ({
  ...found,
  ...(peer && { peer }),
  ...(dev && { dev }),
  ...(optional && { optional }),
  ...(devOptional && !dev && !optional && { devOptional }),
});

/**
 * The lock file that npm itself would make of a wider one for a part of its workspaces, some of them renamed or copied:
 * packages that nothing needs any more are gone. Stringified with an indent of 2 it equals npm's to the byte.
 * @param workspaces all of them, the root among them
 * @throws Error when one needs a package that the lock file doesn't hold.
 */
export function pruneLock(lock: LockFile, workspaces: readonly WorkspaceManifest[]): LockFile {
  const packages = withWorkspaces(lock, workspaces);
  const names = workspaces.flatMap(({ folder, manifest }) =>
    folder === '' ? [] : [manifest.name ?? folder],
  );
  const flags = flagsOf(packages, names);
  const needed = new Map(
    [...packages].flatMap(([location, found]) => {
      const own = flags.get(location);
      return own === undefined || own.extraneous ? [] : [[location, withFlags(found, own)]];
    }),
  );
  for (const [location, found] of needed)
    for (const { name, optional, to } of edgesOf(needed, location, found, names))
      if (to === undefined && !optional)
        throw new Error(`${location || 'The root'} needs ${name}, which the lock file does not hold.`);
  const root = workspaces.find(({ folder }) => folder === '')?.manifest;
  return inOrder({
    ...lock,
    name: root?.name ?? lock.name,
    version: root?.['version'] ?? lock.version,
    packages: Object.fromEntries(needed),
  }) as LockFile;
}
