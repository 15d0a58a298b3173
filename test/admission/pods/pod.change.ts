import type { Manifest } from '../../kubernetes/manifest.ts';

type Node = Record<string, unknown>;

/** One difference to a good pod. */
export type PodChange = (pod: Manifest) => Manifest;

/** Sets one field of the pod's spec; what is missing on the way is made. @param path like `containers.0.image` */
export const set =
  (path: string, value: unknown): PodChange =>
  (pod) =>
    edit(pod, path, (parent, key) => (parent[key] = value));

/** Takes one field of the pod's spec away. */
export const unset = (path: string): PodChange => {
  return (pod) =>
    edit(pod, path, (parent, key) => {
      if (!(key in parent)) throw new Error(`the good pod has no ${path}: nothing would be tested`);
      delete parent[key];
    });
};

/** Adds to a list of the pod's spec. */
export const append =
  (path: string, item: unknown): PodChange =>
  (pod) =>
    edit(pod, path, (parent, key) => (parent[key] = [...((parent[key] as unknown[]) ?? []), item]));

/** For a flaw that shows only together with something else that is allowed. */
export const together =
  (...changes: PodChange[]): PodChange =>
  (pod) =>
    changes.reduce((changed, change) => change(changed), pod);

function edit(pod: Manifest, path: string, act: (parent: Node, key: string) => void): Manifest {
  const copy = structuredClone(pod) as Manifest & { spec: Node };
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  act(
    keys.reduce((node, key) => (node[key] ??= {}) as Node, copy.spec),
    last,
  );
  return copy;
}
