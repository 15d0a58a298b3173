import { spawnSync } from 'node:child_process';
import { root } from '../repository.files.ts';
import { kustomize, whereToGetKubectl } from './kustomize.program.ts';
import type { Manifest } from './manifest.ts';

export { parseManifests } from './kustomize.program.ts';

/** Why nothing can be rendered here, or undefined: for `describe.skipIf`. */
export const kustomizeMissing: string | undefined =
  spawnSync('kubectl', ['kustomize', '--help'], { stdio: 'ignore' }).status === 0
    ? undefined
    : `no kubectl on the PATH (${whereToGetKubectl})`;

const rendered = new Map<string, Promise<readonly Manifest[]>>();

/**
 * The objects of one kustomization of this repository, in the order of its output; rendered once per process.
 *
 * @param path from the repository's root, like `k8s/overlays/kind`
 * @throws with kustomize's own words when it can't be rendered
 */
export function render(path: string): Promise<readonly Manifest[]> {
  const known = rendered.get(path) ?? kustomize(root, path);
  rendered.set(path, known);
  return known;
}
