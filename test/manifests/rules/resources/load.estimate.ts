import type { Manifest } from '../../../kubernetes/manifest.ts';
import { objectsOf } from '../../../kubernetes/object.draft.ts';
import type { PodView } from '../../../kubernetes/pod.view.ts';
import { quantity } from '../../../kubernetes/quantity.value.ts';
import { valueAt } from '../field.check.ts';

/** The autoscaler of a workload, if it has one. */
export const autoscalerOf = (manifests: readonly Manifest[], { object }: PodView) =>
  objectsOf(manifests, 'HorizontalPodAutoscaler').find(
    ({ spec }) =>
      spec?.scaleTargetRef?.kind === object.kind && spec?.scaleTargetRef?.name === object.metadata?.name,
  );

/** As many pods of a workload as there ever are at once: all replicas, and those that a rollout adds. */
export function mostPods(manifests: readonly Manifest[], pod: PodView): number {
  const replicas = Number(valueAt(pod.object, '/spec/replicas') ?? 1);
  const most = autoscalerOf(manifests, pod)?.spec?.maxReplicas ?? replicas;
  const surge = valueAt(pod.object, '/spec/strategy/rollingUpdate/maxSurge') ?? 0;
  const isPart = typeof surge === 'string' && surge.endsWith('%');
  const added = isPart ? Math.ceil((most * Number.parseFloat(surge)) / 100) : Number(surge);
  return most + (pod.object.kind === 'Deployment' ? added : 0);
}

/**
 * What a pod counts in a quota: its containers together, or its hungriest init container if that is more. A sidecar
 * counts as a container.
 */
export function demandOf({ spec }: PodView, field: 'requests' | 'limits', resource: string): number {
  const amount = (container: unknown): number =>
    quantity((valueAt(container, `/resources/${field}/${resource}`) as string | undefined) ?? 0);
  const inits = spec.initContainers ?? [];
  const lasting = [
    ...(spec.containers ?? []),
    ...inits.filter(({ restartPolicy }) => restartPolicy === 'Always'),
  ];
  const sum = lasting.map(amount).reduce((total, value) => total + value, 0);
  return Math.max(sum, ...inits.map(amount));
}
