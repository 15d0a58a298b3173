import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { listAt, type Fields } from '../kubernetes/field.path.ts';
import { accessTable, builtIn, subjectsOf } from './access.table.ts';
import { questionsAbout } from './questions.ts';
import { isAllowed } from './rights.ts';

const deployed = [...kustomizations.overlays(), 'k8s/dependencies/openbao'];
const rendered = async (path: string): Promise<Manifest[]> => [...(await render(path)), ...builtIn];
const namespaceOf = (objects: readonly Manifest[]): string =>
  objects.find(({ kind }) => kind === 'Namespace')?.metadata.name ?? '';
const reads = ['get', 'list', 'watch'].map((verb) => ({ verb, resource: 'secrets' }));

/** Each way to take away a binding, a rule, or one verb or resource of a rule. */
function reductions(objects: readonly Manifest[]): [part: string, objects: Manifest[]][] {
  const own = objects.filter((object) => !builtIn.includes(object));
  const bindings = own
    .filter(({ kind }) => kind.endsWith('Binding'))
    .map((one): [string, Manifest[]] => [one.metadata.name, objects.filter((object) => object !== one)]);
  const rules = own
    .filter(({ kind }) => kind === 'Role')
    .flatMap((role) =>
      listAt(role, 'rules').flatMap((rule, index) =>
        reducedRules(rule).map(([part, left]): [string, Manifest[]] => {
          const changed = { ...role, rules: listAt(role, 'rules').toSpliced(index, 1, ...left) };
          return [
            `${role.metadata.name} rules[${index}]${part}`,
            objects.map((one) => (one === role ? changed : one)),
          ];
        }),
      ),
    );
  return [...bindings, ...rules];
}

const reducedRules = (rule: Fields): [part: string, left: Fields[]][] => [
  ['', []],
  ...['verbs', 'resources'].flatMap((field) =>
    (listAt(rule, field) as readonly unknown[] as string[]).map((value, index): [string, Fields[]] => [
      `.${field} ${value}`,
      [{ ...rule, [field]: listAt(rule, field).toSpliced(index, 1) }],
    ]),
  ),
];

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
      const [namespace, questions] = [namespaceOf(objects), questionsAbout(objects)];
      const table = accessTable(objects, namespace, questions);
      const reduced = reductions(objects);
      expect(reduced.length).toBeGreaterThan(10);
      const dead = reduced.filter(([, left]) => accessTable(left, namespace, questions) === table);
      expect(dead.map(([part]) => part)).toEqual([]);
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

    it.each([
      [['apps'], 'daemonsets', 'create'],
      [['apps'], 'deployments/scale', 'patch'],
      [['networking.k8s.io'], 'ingresses', 'create'],
      [['external-secrets.io'], 'externalsecrets', 'create'],
      [[''], 'pods/resize', 'patch'],
      [['*'], '*', 'get'],
    ])('changes its table with a right on %j %s: %s', async (apiGroups, resource, verb) => {
      const objects = await rendered(deployed[0] ?? '');
      const namespace = namespaceOf(objects);
      const widened = objects.map((object): Manifest => {
        if (object.kind !== 'Role' || object.metadata.name !== 'on-call') return object;
        return {
          ...object,
          rules: [...listAt(object, 'rules'), { apiGroups, resources: [resource], verbs: [verb] }],
        };
      });
      expect(accessTable(widened, namespace)).not.toBe(accessTable(objects, namespace));
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
