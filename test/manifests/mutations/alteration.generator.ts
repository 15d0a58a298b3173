import type { Manifest } from '../../kubernetes/manifest.ts';
import { nameOf } from '../../kubernetes/manifest.ts';
import { pathsOf, pointerOf, replaced, without, withValue, type Tree } from './json.pointer.ts';

/** One node of one object of a rendering that is not as it should be. */
export interface Alteration {
  /** `k8s/overlays/kind: Deployment/backend-api /spec/…`. */
  readonly title: string;
  readonly kind: string;
  readonly pointer: string;
  readonly manifests: () => Manifest[];
}

/** Everything that could be forgotten: each field, item and subtree of each object, one at a time. */
export function* deletionsOf(
  path: string,
  manifests: readonly Manifest[],
  seen: Set<string>,
): Generator<Alteration> {
  for (const manifest of manifests) {
    // An object that another overlay has in the same form is broken there.
    const form = JSON.stringify({ ...manifest, metadata: { ...manifest.metadata, namespace: '' } });
    if (seen.has(form)) continue;
    seen.add(form);
    for (const node of pathsOf(manifest)) {
      const pointer = pointerOf(node);
      yield {
        title: `${path}: ${nameOf(manifest)} ${pointer}`,
        kind: manifest.kind,
        pointer,
        manifests: () => replaced(manifests, manifest, without(manifest, node)),
      };
    }
  }
}

/** Every yes made a no and every no a yes, one at a time. */
export function* flipsOf(path: string, manifests: readonly Manifest[]): Generator<Alteration> {
  for (const manifest of manifests) {
    for (const node of pathsOf(manifest)) {
      const value = node.reduce<unknown>((tree, key) => (tree as Tree)[key], manifest);
      if (typeof value !== 'boolean') continue;
      const pointer = pointerOf(node);
      yield {
        title: `${path}: ${nameOf(manifest)} ${pointer} ${!value}`,
        kind: manifest.kind,
        pointer,
        manifests: () => replaced(manifests, manifest, withValue(manifest, node, !value)),
      };
    }
  }
}
