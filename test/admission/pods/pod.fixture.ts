import type { Manifest } from '../../kubernetes/manifest.ts';
import { sampleAt } from '../../samples/rendering.samples.ts';

type Json = Record<string, unknown>;

/** A pod as the template's Deployment would make it, with an init container as hardened as the other. */
export function servicePod(namespace: string): Manifest {
  const deployment = sampleAt('k8s/overlays/kind').find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'backend-api',
  );
  if (!deployment) throw new Error('the sample of k8s/overlays/kind has no Deployment backend-api');
  const { template } = deployment['spec'] as { template: { metadata: Json; spec: Json } };
  const { metadata, spec } = structuredClone(template);
  const [service] = spec['containers'] as [Json];
  const { startupProbe: _, livenessProbe: __, readinessProbe: ___, lifecycle: ____, ...init } = service;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, name: 'backend-api', namespace },
    spec: { ...spec, initContainers: [{ ...structuredClone(init), name: 'init', ports: [] }] },
  };
}

/** The pods that rendered objects would make, one of each. */
export const podsOf = (objects: readonly Manifest[]): Manifest[] =>
  objects.flatMap((object) => {
    const { template } = (object['spec'] ?? {}) as { template?: { metadata: Json; spec: Json } };
    if (!template) return [];
    const { name, namespace } = object.metadata;
    const defaults = object.kind === 'StatefulSet' ? claimsOf(object) : [];
    const volumes = [...((template.spec['volumes'] as Json[]) ?? []), ...defaults];
    const metadata = { ...template.metadata, name, ...(namespace === undefined ? {} : { namespace }) };
    return [{ apiVersion: 'v1', kind: 'Pod', metadata, spec: { ...template.spec, volumes } }];
  });

/** What the controller of StatefulSets makes of its claims. */
function claimsOf(object: Manifest): Json[] {
  const { volumeClaimTemplates = [] } = object['spec'] as { volumeClaimTemplates?: Manifest[] };
  return volumeClaimTemplates.map(({ metadata: { name } }) => ({
    name,
    persistentVolumeClaim: { claimName: name },
  }));
}

/** The same pod as a template of every kind that makes pods. */
export function workloadsOf(pod: Manifest): Manifest[] {
  const { name, namespace } = pod.metadata;
  const labels = { app: name };
  const template = { metadata: { labels }, spec: pod['spec'] as Json };
  const once = { ...template, spec: { ...template.spec, restartPolicy: 'Never' } };
  const selector = { matchLabels: labels };
  const object = (apiVersion: string, kind: string, body: Json): Manifest => ({
    apiVersion,
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    ...body,
  });
  return [
    object('apps/v1', 'Deployment', { spec: { selector, template } }),
    object('apps/v1', 'StatefulSet', { spec: { selector, template, serviceName: name } }),
    object('apps/v1', 'DaemonSet', { spec: { selector, template } }),
    object('apps/v1', 'ReplicaSet', { spec: { selector, template } }),
    object('v1', 'ReplicationController', { spec: { selector: labels, template } }),
    object('v1', 'PodTemplate', { template }),
    object('batch/v1', 'Job', { spec: { template: once } }),
    object('batch/v1', 'CronJob', {
      spec: { schedule: '0 0 * * *', jobTemplate: { spec: { template: once } } },
    }),
  ];
}
