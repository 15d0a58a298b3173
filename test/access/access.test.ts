import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { at } from '../kubernetes/field.path.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { root } from '../repository.files.ts';
import { overlaysOf, storesOf } from '../tables/deployed.folders.ts';
import { accessTablePath, truthTablesOf } from '../tables/truth.tables.ts';
import { accessTable, allowedVerbs, builtIn, namespaceOf, rightsIn } from './access.table.ts';
import { questionAbout, questionsAbout } from './questions.ts';
import { reductions } from './rights.parts.ts';
import { subjectsOf } from './subjects.ts';

const deployed = [...overlaysOf(root), ...storesOf(root)];
const tables = join(import.meta.dirname, 'tables');
// Before any test writes one.
const there = existsSync(tables) ? readdirSync(tables).toSorted() : [];

const rendered = async (path: string): Promise<Manifest[]> => rightsIn(await render(path));
const isOwn = (object: Manifest): boolean => !builtIn.includes(object);
const isTokenReview = (binding: Manifest): boolean =>
  at(binding, 'roleRef', 'name') === 'system:auth-delegator';

describe.skipIf(kustomizeMissing)(
  `who may do what${kustomizeMissing ? ` (${kustomizeMissing})` : ''}`,
  () => {
    it('has a committed table for all that is deployed, and no other', () => {
      expect(there).toEqual(deployed.map((path) => `${basename(path)}.md`).toSorted());
    });

    // After a wanted change: npm test -w test -- access -u, and read the difference.
    it.each(deployed)('in %s is as its committed table says', async (path) => {
      const table = (await truthTablesOf(root, render)).get(accessTablePath(path));
      await expect(table).toMatchFileSnapshot(join(root, accessTablePath(path)));
    });

    it.each(deployed)(
      'in %s changes with every binding, rule, verb and resource taken away',
      async (path) => {
        const objects = await rendered(path);
        const [namespace, questions] = [namespaceOf(objects), questionsAbout(objects)];
        const table = accessTable(objects, namespace, questions);
        const reduced = reductions(objects, isOwn);
        const dead = reduced.filter(({ objects: left }) => accessTable(left, namespace, questions) === table);
        expect(dead.map(({ part }) => part)).toEqual([]);
        expect(reduced.length).toBeGreaterThan(50);
      },
    );

    it.each(deployed)(
      'in %s gives no account any right, but token reviews where it has them',
      async (path) => {
        const objects = (await rendered(path)).filter((object) => !isTokenReview(object));
        const accounts = subjectsOf(objects).filter(({ account }) => account !== undefined);
        expect(accounts.length).toBeGreaterThan(1);
        for (const account of accounts) {
          const rights = questionsAbout(objects).flatMap((one) =>
            allowedVerbs(objects, account, one, namespaceOf(objects)),
          );
          expect([account.name, rights]).toEqual([account.name, []]);
        }
      },
    );

    // Not to read them, and not to change them either: whoever patches an object is shown all of it.
    it.each(deployed)('in %s lets nobody do anything with a Secret, there or anywhere', async (path) => {
      const objects = await rendered(path);
      const aboutSecrets = questionAbout(objects, 'secrets');
      for (const namespace of [namespaceOf(objects), 'elsewhere', undefined]) {
        for (const subject of subjectsOf(objects)) {
          const rights = allowedVerbs(objects, subject, aboutSecrets, namespace);
          expect([subject.name, rights]).toEqual([subject.name, []]);
        }
      }
    });
  },
);
