import { posix } from 'node:path';
import { kustomizations } from '../../kubernetes/catalogue.ts';
import { render } from '../../kubernetes/kustomization.ts';
import { nameOf, type Manifest } from '../../kubernetes/manifest.ts';
import { repositoryFiles } from '../../repository.files.ts';

/** Objects that are applied together. */
export interface DeployableUnit {
  /** The folder of their kustomization. */
  readonly name: string;
  readonly manifests: readonly Manifest[];
}

/**
 * Every overlay, dependencies, and the cluster's folders. A dependency that an overlay holds completely is judged there, where it
 * has a namespace; a folder of the cluster that is the same in another one, in that.
 */
export async function deployableUnits(): Promise<DeployableUnit[]> {
  const overlays = await renderAll(kustomizations.overlays());
  const dependencies = await renderAll(kustomizations.dependencies());
  const cluster = await renderAll(clusterFolders());
  return [
    ...overlays,
    ...dependencies.filter((unit) => !isPart(unit, overlays, nameOf)),
    ...cluster.filter(
      (unit) =>
        !isPart(
          unit,
          cluster.filter((other) => other !== unit),
          JSON.stringify,
        ),
    ),
  ];
}

/** k8s/cluster and what varies it, a folder each. */
const clusterFolders = (): string[] =>
  repositoryFiles()
    .filter((path) => /^k8s\/cluster\/(?:[^/]+\/)?kustomization\.yaml$/.test(path))
    .map((path) => posix.dirname(path));

const renderAll = (folders: readonly string[]): Promise<DeployableUnit[]> =>
  Promise.all(folders.map(async (name) => ({ name, manifests: await render(name) })));

/**
 * Whether some unit has all objects of this one.
 *
 * @param identity what makes two objects the same
 */
export function isPart(
  { manifests }: DeployableUnit,
  wholes: readonly DeployableUnit[],
  identity: (manifest: Manifest) => string,
): boolean {
  return wholes.some((whole) => {
    const identities = new Set(whole.manifests.map((manifest) => identity(manifest)));
    return manifests.every((manifest) => identities.has(identity(manifest)));
  });
}

/** Where images may come from: the list that the cluster's admission policy reads. */
export function trustedRegistries(units: readonly DeployableUnit[]): string[] {
  const lists = units
    .flatMap(({ manifests }) => manifests)
    .filter((manifest) => nameOf(manifest) === 'ConfigMap/trusted-registries')
    .flatMap(({ data }) => Object.values(data as Record<string, string>));
  const lines = lists.flatMap((list) => list.split('\n')).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== '' && !line.includes('#')))];
}
