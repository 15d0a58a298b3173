import { kustomizeMissing, render } from '../../../kubernetes/kustomization.ts';
import { objectsOf } from '../../../kubernetes/object.draft.ts';

/**
 * Where images may come from, as the cluster's admission policy has it for one machine, which has a registry of its own besides.
 * A line that ends in a slash trusts all below it, any other exactly that repository.
 */
export const trustedRegistries: readonly string[] =
  kustomizeMissing === undefined
    ? objectsOf(await render('k8s/cluster/kind'), 'ConfigMap')
        .filter(({ metadata }) => metadata?.name === 'trusted-registries')
        .flatMap(({ data = {} }) => Object.values(data).join('\n').split('\n'))
        .filter((line) => line !== '' && !line.startsWith('#'))
    : [];
