import type { Rule } from '../rule.contract.ts';
import { schemaFaults } from './schema.check.ts';
import { titleOf, type AnyObject } from '../../../kubernetes/object.draft.ts';

export const keepsToSchema: Rule = {
  id: 'schema',
  title: 'Every object has the fields that the API server knows, with values that it takes, and no others',
  scanners: { kubeScore: ['stable-version'], kubeLinter: ['no-extensions-v1beta'] },
  check: (manifests) =>
    manifests.flatMap((manifest) =>
      schemaFaults(manifest).map(({ at, problem, cure }) => ({
        object: titleOf(manifest as unknown as AnyObject),
        path: at,
        problem,
        cure,
      })),
    ),
};
