import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { listAt } from '../kubernetes/field.path.ts';
import { accessTable, builtIn, subjectsOf } from './access.table.ts';
import { isAllowed } from './rights.ts';

const deployed = [...kustomizations.overlays(), 'k8s/dependencies/openbao'];
const rendered = async (path: string): Promise<Manifest[]> => [...(await render(path)), ...builtIn];
const namespaceOf = (objects: readonly Manifest[]): string =>
  objects.find(({ kind }) => kind === 'Namespace')?.metadata.name ?? '';
const reads = ['get', 'list', 'watch'].map((verb) => ({ verb, resource: 'secrets' }));

/** Each way to take away a binding, a rule, or one verb or resource of a rule. */
function reductions(objects: readonly Manifest[]): [part: string, objects: Manifest[]][] {
  const own = objects.filter((object) => !builtIn.includes(object));
  const without = (object: Manifest, changed?: Manifest) =>
    objects.flatMap((one) => (one === object ? (changed ? [changed] : []) : [one]));
  const bindings = own
    .filter(({ kind }) => kind.endsWith('Binding'))
    .map((one): [string, Manifest[]] => [one.metadata.name, without(one)]);
  const parts = own
    .filter(({ kind }) => kind === 'Role')
    .flatMap((role) =>
      listAt(role, 'rules').map((_, index): [string, Manifest[]] => [
        `${role.metadata.name} rules[${index}]`,
        without(role, { ...role, rules: listAt(role, 'rules').toSpliced(index, 1) }),
      ]),
    );
  return [...bindings, ...parts];
}

describe.skipIf(kustomizeMissing)(
  `who may do what${kustomizeMissing ? ` (${kustomizeMissing})` : ''}`,
  () => {
    // After a wanted change: npm test -w test -- access -u, and read the difference.
    it.each(deployed)('in %s is as its committed table says', async (path) => {
      const objects = await rendered(path);
      await expect(accessTable(objects, namespaceOf(objects))).toMatchFileSnapshot(
        `tables/${basename(path)}.md`,
      );
    });

    it.each(deployed)('in %s changes with every binding and rule that is taken away', async (path) => {
      const objects = await rendered(path);
      const table = accessTable(objects, namespaceOf(objects));
      const reduced = reductions(objects);
      expect(reduced.length).toBeGreaterThan(10);
      expect(
        reduced.filter(([, left]) => accessTable(left, namespaceOf(objects)) === table).map(([part]) => part),
      ).toEqual([]);
    });

    it.each(deployed)('in %s lets nobody read a Secret, there or anywhere', async (path) => {
      const objects = await rendered(path);
      for (const namespace of [namespaceOf(objects), undefined]) {
        for (const request of reads) {
          const readers = subjectsOf(objects).filter((subject) =>
            isAllowed(objects, subject, { ...request, namespace }),
          );
          expect(readers).toEqual([]);
        }
      }
    });

    it('would show a reader of Secrets, also one by a wildcard', async () => {
      const objects = await rendered(deployed[0] ?? '');
      const widened = objects.map((object) =>
        object.kind === 'Role' && object.metadata.name === 'on-call'
          ? { ...object, rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['get'] }] }
          : object,
      );
      const request = { verb: 'get', resource: 'secrets', namespace: namespaceOf(objects) };
      expect(
        subjectsOf(widened)
          .filter((subject) => isAllowed(widened, subject, request))
          .map(({ name }) => name),
      ).toEqual(['group backend-on-call']);
    });
  },
);
