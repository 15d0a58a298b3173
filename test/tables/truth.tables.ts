import { basename } from 'node:path';
import { accessTableOf } from '../access/access.table.ts';
import { kustomize } from '../kubernetes/kustomize.program.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { truthTable } from '../network/truth.table.ts';
import { worldOf } from '../network/world.ts';
import { overlaysOf, storesOf } from './deployed.folders.ts';

/** Where the committed table of an overlay is. */
export const networkTablePath = (overlay: string): string => `test/network/tables/${basename(overlay)}.md`;

/** Where the committed table of an overlay, or of the store of secrets, is. */
export const accessTablePath = (deployed: string): string => `test/access/tables/${basename(deployed)}.md`;

/**
 * Who reaches whom and who may do what, as the manifests of a workspace have it: every table that is committed, by its path from
 * the workspace's folder. All are rendered at once, by a process each.
 *
 * @param render the objects of a folder of the workspace; by default as it is on disk now
 * @throws with kustomize's own words when something can't be rendered, or when there is no kubectl
 */
export async function truthTablesOf(
  workspace: string,
  render: (path: string) => Promise<readonly Manifest[]> = (path) => kustomize(workspace, path),
): Promise<Map<string, string>> {
  const rendered = (paths: readonly string[]) =>
    Promise.all(paths.map(async (path) => ({ path, objects: await render(path) })));
  const [overlays, stores] = await Promise.all([
    rendered(overlaysOf(workspace)),
    rendered(storesOf(workspace)),
  ]);
  const beside = stores.flatMap(({ objects }) => objects);
  return new Map([
    ...overlays.map(({ path, objects }): [string, string] => [
      networkTablePath(path),
      truthTable(worldOf([...objects, ...beside])),
    ]),
    ...[...overlays, ...stores].map(({ path, objects }): [string, string] => [
      accessTablePath(path),
      accessTableOf(objects),
    ]),
  ]);
}
