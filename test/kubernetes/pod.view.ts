import type { IContainer, IPodSpec } from 'kubernetes-models/v1';
import type { Manifest } from './manifest.ts';
import { titleOf, type AnyObject, type Draft } from './object.draft.ts';

/** The pod that an object is, or makes. */
export interface PodView {
  /** The object itself: a Pod, or a workload that makes pods. */
  readonly object: AnyObject;
  /** `Deployment/backend-api`. */
  readonly title: string;
  /** Where the pod begins within the object, as a JSON pointer: `` for a Pod. */
  readonly path: string;
  readonly metadata: NonNullable<AnyObject['metadata']>;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: Draft<IPodSpec>;
}

/** A container of any kind: Pod Security and most scanners look into all three lists. */
export interface ContainerView {
  readonly pod: PodView;
  readonly path: string;
  readonly list: (typeof lists)[number];
  readonly container: Draft<IContainer>;
}

const lists = ['containers', 'initContainers', 'ephemeralContainers'] as const;

const templates: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

type Tree = Readonly<Record<string, unknown>>;

const within = (tree: unknown, keys: readonly string[]): unknown =>
  keys.reduce((value, key) => (value as Tree | undefined)?.[key], tree);

/** The pods of all objects, in their order. */
export function podsOf(manifests: readonly Manifest[]): PodView[] {
  return manifests.flatMap((manifest) => {
    const keys = templates[manifest.kind];
    if (keys === undefined) return [];
    const pod = (within(manifest, keys) ?? {}) as Pick<PodView, 'metadata' | 'spec'>;
    const object = manifest as unknown as AnyObject;
    return [
      {
        object,
        title: titleOf(object),
        path: keys.map((key) => `/${key}`).join(''),
        metadata: pod.metadata ?? {},
        labels: (pod.metadata?.labels ?? {}) as Readonly<Record<string, string>>,
        spec: pod.spec ?? {},
      },
    ];
  });
}

/** The containers of a pod: ordinary, init (sidecars are among them) and ephemeral ones. */
export const containersOf = (pod: PodView): ContainerView[] =>
  lists.flatMap((list) =>
    (
      ((pod.spec as Readonly<Record<string, unknown>>)[list] as ContainerView['container'][] | undefined) ??
      []
    ).map((container, index) => ({ pod, list, container, path: `${pod.path}/spec/${list}/${index}` })),
  );

/** Whether it runs as long as its pod: an ordinary container of a workload, or a sidecar. */
export const isLongRunning = ({ pod, list, container }: ContainerView): boolean =>
  !['Job', 'CronJob'].includes(pod.object.kind ?? '') &&
  (list === 'containers' || (list === 'initContainers' && container.restartPolicy === 'Always'));

/** The label that tells what a pod is for: `api`, `migrations`, `caller`, `database`. */
export const componentOf = (pod: PodView): string | undefined => pod.labels['app.kubernetes.io/component'];
