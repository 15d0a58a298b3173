import { describe, expect, it } from 'vitest';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import { nameOf, type Manifest } from '../kubernetes/manifest.ts';
import { isAllowed } from './rights.ts';
import { subjectsOf } from './subjects.ts';

/** What a pipeline applies: `kubectl apply -l secure-backend/release=pipeline`. */
const isReleased = ({ metadata: { labels } }: Manifest): boolean =>
  labels?.['secure-backend/release'] === 'pipeline';

/** Whether the group of the deployers may apply an object, new or changed. */
function mayApply(objects: readonly Manifest[], { apiVersion, kind, metadata }: Manifest): boolean {
  const [deployer] = subjectsOf(objects).filter(({ name }) => name.startsWith('group demo-team-deployers'));
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const resource = kind === 'NetworkPolicy' ? 'networkpolicies' : `${kind.toLowerCase()}s`;
  return ['get', 'create', 'patch'].every(
    (verb) =>
      deployer !== undefined &&
      isAllowed(objects, deployer, { verb, group, resource, namespace: metadata.namespace }),
  );
}

describe.skipIf(kustomizeMissing)(`a release${kustomizeMissing ? ` (${kustomizeMissing})` : ''}`, () => {
  it.each(kustomizations.overlays())(
    'of %s is what its pipeline may apply, workload and migrations among it',
    async (path) => {
      const objects = await render(path);
      const released = objects.filter((object) => isReleased(object));
      expect(released.filter((object) => !mayApply(objects, object)).map((object) => nameOf(object))).toEqual(
        [],
      );
      expect(released.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['Deployment', 'Job']));
      const guards = objects.filter(({ kind }) =>
        ['NetworkPolicy', 'ServiceAccount', 'Role', 'Service', 'ResourceQuota'].includes(kind),
      );
      expect(
        guards
          .filter((object) => isReleased(object) || mayApply(objects, object))
          .map((object) => nameOf(object)),
      ).toEqual([]);
    },
  );
});
