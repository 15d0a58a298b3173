import { mkdtemp, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { stringify } from 'yaml';
import { render } from '../../kubernetes/kustomization.ts';
import type { Manifest } from '../../kubernetes/manifest.ts';
import { root } from '../../repository.files.ts';

/** A kustomization that isn't committed; its paths begin at the repository's root. */
export interface KustomizationDraft {
  readonly resources?: readonly string[];
  readonly components?: readonly string[];
  readonly patches?: readonly { readonly path?: string; readonly patch?: string }[];
  readonly [field: string]: unknown;
}

/** Renders a draft from a folder of its own below `folder`. */
export async function renderDraft(folder: string, draft: KustomizationDraft): Promise<readonly Manifest[]> {
  const own = await mkdtemp(join(folder, 'draft-'));
  const fromHere = (path: string): string => relative(own, join(root, path));
  const kustomization = {
    ...draft,
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: draft.resources?.map(fromHere),
    components: draft.components?.map(fromHere),
    patches: draft.patches?.map((patch) =>
      patch.path === undefined ? patch : { ...patch, path: fromHere(patch.path) },
    ),
  };
  await writeFile(join(own, 'kustomization.yaml'), stringify(kustomization));
  return render(relative(root, own));
}
