import { kustomizations } from '../../kubernetes/catalogue.ts';
import { render } from '../../kubernetes/kustomization.ts';
import type { Manifest } from '../../kubernetes/manifest.ts';

/** Everything that is applied as it is rendered: overlays, and dependencies that have a namespace of their own. */
export async function deployables(): Promise<
  readonly (readonly [path: string, manifests: readonly Manifest[]])[]
> {
  const dependencies = await Promise.all(
    kustomizations.dependencies().map(async (path) => [path, await render(path)] as const),
  );
  const overlays = await Promise.all(
    kustomizations.overlays().map(async (path) => [path, await render(path)] as const),
  );
  return [
    ...overlays,
    ...dependencies.filter(([, manifests]) => manifests.some(({ kind }) => kind === 'Namespace')),
  ];
}
