import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from './manifest.ts';

export const whereToGetKubectl = 'https://kubernetes.io/docs/tasks/tools/';

const run = promisify(execFile);

/**
 * The objects of one kustomization, in the order of its output, by a process of its own.
 *
 * @param path from the workspace's folder, like `k8s/overlays/kind`
 * @throws with kustomize's own words when it can't be rendered, or saying where to get the program
 */
export async function kustomize(workspace: string, path: string): Promise<readonly Manifest[]> {
  try {
    const { stdout } = await run('kubectl', ['kustomize', join(workspace, path)], { maxBuffer: 2 ** 26 });
    return parseManifests(stdout);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error(`${path} can't be rendered without kubectl. Get it from ${whereToGetKubectl}.`, {
      cause: error,
    });
  }
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
