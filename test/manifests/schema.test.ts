import { describe, expect, it } from 'vitest';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import { nameOf, type Manifest } from '../kubernetes/manifest.ts';
import { mutate } from './mutation.ts';
import { schemaProblems, unknownFields } from './schema.check.ts';

const all = Object.values(kustomizations).flatMap((list) =>
  list().filter((path) => !path.includes('/components/')),
);

async function problemsOf(objects: readonly Manifest[]): Promise<string[]> {
  const found = await Promise.all(
    objects.map(async (object) =>
      [...unknownFields(object), ...(await schemaProblems(object))].map(
        (problem) => `${nameOf(object)}: ${problem}`,
      ),
    ),
  );
  return found.flat();
}

describe.skipIf(kustomizeMissing)(
  `Kubernetes' schemas${kustomizeMissing ? ` (${kustomizeMissing})` : ''}`,
  () => {
    it.each(all)('are kept by %s', async (path) => {
      expect(await problemsOf(await render(path))).toEqual([]);
    });

    const pod = 'spec/template/spec';
    it.each([
      [
        'Deployment/backend-api',
        `${pod}/securityContext/runAsNonRooot`,
        true,
        /unknown field .*runAsNonRooot/,
      ],
      ['NetworkPolicy/postgres', 'spec/policyType', ['Ingress'], /unknown field \/spec\/policyType/],
      [
        'Deployment/backend-api',
        `${pod}/containers/0/securityContext/readOnlyRootFileSystem`,
        true,
        /unknown field/,
      ],
      ['Deployment/backend-api', 'spec/minReadySeconds', '5', /minReadySeconds/],
      ['Service/backend-api', 'spec/type', 'ClusterIp', /type/],
      ['Deployment/backend-api', 'kind', 'Deplyoment', /no such kind/],
    ])('refuse %s with %s', async (target, pointer, value, problem) => {
      const objects = mutate(await render('k8s/overlays/kind'), target, pointer, value);
      expect((await problemsOf(objects)).join('\n')).toMatch(problem);
    });
  },
);
