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

/** Every overlay, the cluster's folders, and dependencies; one that an overlay holds completely is judged there, where it has a namespace. */
export async function deployableUnits(): Promise<DeployableUnit[]> {
  const overlays = await renderAll(kustomizations.overlays());
  const dependencies = await renderAll(kustomizations.dependencies());
  return [
    ...overlays,
    ...dependencies.filter((unit) => !isPart(unit, overlays)),
    ...(await renderAll(clusterFolders())),
  ];
}

/** k8s/cluster and what varies it, a folder each. */
const clusterFolders = (): string[] =>
  repositoryFiles()
    .filter((path) => /^k8s\/cluster\/(?:[^/]+\/)?kustomization\.yaml$/.test(path))
    .map((path) => posix.dirname(path));

const renderAll = (folders: readonly string[]): Promise<DeployableUnit[]> =>
  Promise.all(folders.map(async (name) => ({ name, manifests: await render(name) })));

/** Whether some unit has all objects of this one. */
export function isPart({ manifests }: DeployableUnit, wholes: readonly DeployableUnit[]): boolean {
  return wholes.some((whole) => {
    const names = new Set(whole.manifests.map(nameOf));
    return manifests.every((manifest) => names.has(nameOf(manifest)));
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
