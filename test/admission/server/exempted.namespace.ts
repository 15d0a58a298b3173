import { render } from '../../kubernetes/kustomization.ts';
import type { Manifest } from '../../kubernetes/manifest.ts';
import { servicePod } from '../pods/pod.fixture.ts';
import type { AdmissionServer } from './admission.server.ts';
import { admitted, createGuardedNamespace } from './guarded.namespace.ts';

const label = 'test-without';

/** Binds every policy everywhere but in namespaces that are labelled with its name: a control for each of them at once. */
export async function allowExemptions({ client }: Pick<AdmissionServer, 'client'>): Promise<void> {
  const objects = await render('k8s/cluster/kind');
  const bindings = objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding');
  await Promise.all(bindings.map((binding) => admitted(client, withExemption(binding))));
}

function withExemption(binding: Manifest): Manifest {
  const copy = structuredClone(binding) as Manifest & {
    spec: { policyName: string; matchResources: { namespaceSelector: { matchExpressions?: object[] } } };
  };
  const { policyName, matchResources } = copy.spec;
  matchResources.namespaceSelector.matchExpressions = [
    { key: label, operator: 'NotIn', values: [policyName] },
  ];
  return copy;
}

/** A good pod in a namespace that one policy doesn't judge. */
export async function podWithout(
  { client }: Pick<AdmissionServer, 'client'>,
  policy: string,
): Promise<Manifest> {
  const labels = { [label]: `secure-backend-${policy}` };
  const { metadata } = await createGuardedNamespace(client, { labels });
  return servicePod(metadata.name);
}
