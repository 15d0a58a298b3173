import { nameOf, type Manifest } from './manifest.ts';

/** Parsed YAML of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** A value far down, or undefined where the path ends early: `at(pod, 'securityContext', 'runAsUser')`. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (typeof found === 'object' && found !== null ? (found as Fields)[key] : undefined),
    value,
  );
}

/** The objects of a list field; none where there is no such list. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): Fields[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? (found as Fields[]) : [];
}

export interface Container {
  /** In messages: `containers[0] service`. */
  readonly place: string;
  readonly fields: Fields;
  /** Runs as long as its pod, which also holds for a sidecar: an init container that is restarted. */
  readonly isLongRunning: boolean;
}

/** The pods that an object makes. */
export interface PodTemplate {
  readonly owner: Manifest;
  /** In messages: `Deployment/backend-api`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: Fields;
  /** Of every kind. */
  readonly containers: readonly Container[];
}

const templatePaths: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

const endingKinds = new Set(['Job', 'CronJob']);
const containerLists = ['containers', 'initContainers', 'ephemeralContainers'];

/** All pod templates among the objects. */
export function podTemplates(objects: readonly Manifest[]): PodTemplate[] {
  return objects.flatMap((owner) => {
    const path = templatePaths[owner.kind];
    const template = path && at(owner, ...path);
    const spec = at(template, 'spec') as Fields | undefined;
    if (spec === undefined) return [];
    return [
      {
        owner,
        name: nameOf(owner),
        labels: (at(template, 'metadata', 'labels') ?? {}) as Record<string, string>,
        annotations: (at(template, 'metadata', 'annotations') ?? {}) as Record<string, string>,
        spec,
        containers: containerLists.flatMap((list) => containersOf(spec, list, endingKinds.has(owner.kind))),
      },
    ];
  });
}

function containersOf(spec: Fields, list: string, isEnding: boolean): Container[] {
  return listAt(spec, list).map((fields, index) => ({
    place: `${list}[${index}] ${String(fields['name'])}`,
    fields,
    isLongRunning: !isEnding && (list === 'containers' || fields['restartPolicy'] === 'Always'),
  }));
}
