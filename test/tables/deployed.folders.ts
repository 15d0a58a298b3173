import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The store of secrets, in a namespace of its own, where a workspace has one. */
export const store = 'k8s/dependencies/openbao';

const parent = 'k8s/overlays';

/** The overlays of a workspace, sorted; paths from its folder. */
export const overlaysOf = (workspace: string): string[] =>
  readdirSync(join(workspace, parent))
    .filter((name) => existsSync(join(workspace, parent, name, 'kustomization.yaml')))
    .map((name) => `${parent}/${name}`)
    .toSorted();

/** Where a workspace has the store, its folder; otherwise nothing. */
export const storesOf = (workspace: string): string[] =>
  existsSync(join(workspace, store, 'kustomization.yaml')) ? [store] : [];
