import type { Manifest } from '../kubernetes/manifest.ts';
import { at, listAt } from '../kubernetes/field.path.ts';

/** A set of policies from which one part has been taken. */
export interface Reduced {
  /** `backend-api egress[1].ports[0]`. */
  readonly part: string;
  readonly policies: readonly Manifest[];
  /** The policy that it is a part of. */
  readonly of: Manifest;
}

/**
 * All ways to take one policy, rule, peer or port away. The last peer or port of a rule takes the rule along: none means all. Of a
 * namespace's default also each direction; to a pod with a policy of its own that default gives its directions a second time.
 */
export function reductions(policies: readonly Manifest[], own: (policy: Manifest) => boolean): Reduced[] {
  return policies
    .filter((policy) => own(policy))
    .flatMap((policy) => {
      const { name } = policy.metadata;
      const without = (part: string, spec: object): Reduced => ({
        of: policy,
        part: `${name} ${part}`,
        policies: policies.map((one) => (one === policy ? { ...policy, spec } : one)),
      });
      const spec = policy['spec'] as Record<string, unknown>;
      const rules = (['ingress', 'egress'] as const).flatMap((direction) =>
        listAt(spec, direction).flatMap((rule, index) =>
          reducedRules(rule, direction === 'ingress' ? 'from' : 'to').map(([part, left]) =>
            without(`${direction}[${index}]${part}`, {
              ...spec,
              [direction]: replaced(listAt(spec, direction), index, left),
            }),
          ),
        ),
      );
      const directions = listAt(spec, 'policyTypes') as readonly unknown[];
      const defaults = isDefault(spec)
        ? directions.map((direction, index) =>
            without(`policyTypes ${String(direction)}`, {
              ...spec,
              policyTypes: directions.toSpliced(index, 1),
            }),
          )
        : [];
      return [
        { of: policy, part: name, policies: policies.filter((one) => one !== policy) },
        ...defaults,
        ...rules,
      ];
    });
}

function reducedRules(
  rule: Readonly<Record<string, unknown>>,
  peers: 'from' | 'to',
): [part: string, left: object | undefined][] {
  const parts = [peers, 'ports'].flatMap((field) => {
    const list = listAt(rule, field);
    if (list.length < 2) return [];
    return list.map((_, index): [string, object] => [
      `.${field}[${index}]`,
      { ...rule, [field]: list.toSpliced(index, 1) },
    ]);
  });
  return [['', undefined], ...parts];
}

const isDefault = (spec: object): boolean => Object.keys(at(spec, 'podSelector') ?? {}).length === 0;

const replaced = (list: readonly object[], index: number, left: object | undefined): object[] =>
  left === undefined ? list.toSpliced(index, 1) : list.with(index, left);
