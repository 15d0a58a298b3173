import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { root } from '../repository.files.ts';
import type { Manifest } from './manifest.ts';

/** Why nothing can be rendered here, or undefined: for `describe.skipIf`. */
export const kustomizeMissing: string | undefined =
  spawnSync('kubectl', ['kustomize', '--help'], { stdio: 'ignore' }).status === 0
    ? undefined
    : 'no kubectl on the PATH (https://kubernetes.io/docs/tasks/tools/)';

const run = promisify(execFile);
const rendered = new Map<string, Promise<readonly Manifest[]>>();

/**
 * The objects of one kustomization, in the order of its output; rendered once per process.
 *
 * @param path from the repository's root, like `k8s/overlays/kind`
 * @throws with kustomize's own words when it can't be rendered
 */
export function render(path: string): Promise<readonly Manifest[]> {
  const known = rendered.get(path) ?? renderNow(path);
  rendered.set(path, known);
  return known;
}

async function renderNow(path: string): Promise<readonly Manifest[]> {
  const { stdout } = await run('kubectl', ['kustomize', join(root, path)], { maxBuffer: 64 * 1024 * 1024 });
  return parseManifests(stdout);
}

/** The objects of a YAML text with any number of documents; empty ones are left out. */
export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text)
    .map((document) => {
      if (document.errors.length > 0) throw document.errors[0];
      return document.toJS() as Manifest | null;
    })
    .filter((manifest) => manifest !== null);
}
