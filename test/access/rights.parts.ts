import { listAt, type Fields } from '../kubernetes/field.path.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { strings } from './rights.ts';

/** Objects from which one part has been taken. */
export interface Reduced {
  /** `deployer rules[0].verbs create`. */
  readonly part: string;
  readonly objects: readonly Manifest[];
}

/** All ways to take one binding, subject, rule, or one verb, resource or group of a rule away. */
export function reductions(objects: readonly Manifest[], own: (object: Manifest) => boolean): Reduced[] {
  const replaced = (object: Manifest, ...changed: Manifest[]): Manifest[] =>
    objects.flatMap((one) => (one === object ? changed : [one]));
  return objects
    .filter((object) => own(object))
    .flatMap((object): Reduced[] => {
      const { name } = object.metadata;
      if (object.kind.endsWith('Binding')) {
        const subjects = listAt(object, 'subjects');
        return [
          { part: name, objects: replaced(object) },
          ...subjects.map((_, index) => ({
            part: `${name} subjects[${index}]`,
            objects: replaced(object, { ...object, subjects: subjects.toSpliced(index, 1) }),
          })),
        ];
      }
      const rules = listAt(object, 'rules');
      return rules.flatMap((rule, index) =>
        reducedRules(rule).map(([part, left]) => ({
          part: `${name} rules[${index}]${part}`,
          objects: replaced(object, {
            ...object,
            rules: left === undefined ? rules.toSpliced(index, 1) : rules.with(index, left),
          }),
        })),
      );
    });
}

const reducedRules = (rule: Fields): [part: string, left: Fields | undefined][] => [
  ['', undefined],
  ...['verbs', 'resources', 'apiGroups'].flatMap((field) =>
    strings(rule, field).map((entry, index, entries): [string, Fields] => [
      `.${field} ${entry}`,
      { ...rule, [field]: entries.toSpliced(index, 1) },
    ]),
  ),
];
