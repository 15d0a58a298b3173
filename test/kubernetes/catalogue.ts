import { posix } from 'node:path';
import { repositoryFiles } from '../repository.files.ts';

/** What can be deployed: found in the folders, so that a service or overlay that is added is judged too. */
export const kustomizations = {
  overlays: (): string[] => foldersWith('k8s/overlays'),
  services: (): string[] => foldersWith('k8s/services'),
  callers: (): string[] => foldersWith('k8s/callers'),
  dependencies: (): string[] => foldersWith('k8s/dependencies'),
  components: (): string[] => foldersWith('k8s/components'),
  cluster: (): string[] => ['k8s/cluster'],
};

/** Folders directly below another that hold a kustomization, sorted. */
function foldersWith(parent: string): string[] {
  return repositoryFiles()
    .filter((path) => posix.basename(path) === 'kustomization.yaml')
    .map((path) => posix.dirname(path))
    .filter((folder) => posix.dirname(folder) === parent)
    .toSorted();
}
