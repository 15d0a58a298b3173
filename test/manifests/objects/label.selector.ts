import type { INetworkPolicySpec } from 'kubernetes-models/networking.k8s.io/v1';
import type { Draft } from './object.draft.ts';
import type { PodView } from './pod.view.ts';

/** A selector as every kind has it. */
export type LabelSelector = Draft<NonNullable<INetworkPolicySpec['podSelector']>>;

type Labels = Readonly<Record<string, string | undefined>>;

/** Whether a selector says nothing, and so selects everything. */
export const isEmptySelector = (selector: LabelSelector | undefined): boolean =>
  Object.keys(selector?.matchLabels ?? {}).length === 0 && (selector?.matchExpressions ?? []).length === 0;

/** Whether labels satisfy a selector; an empty one is satisfied by all. */
export function matchesSelector(selector: LabelSelector | undefined, labels: Labels): boolean {
  const wanted = Object.entries(selector?.matchLabels ?? {});
  return (
    wanted.every(([key, value]) => labels[key] === value) &&
    (selector?.matchExpressions ?? []).every(({ key = '', operator, values = [] }) => {
      const value = labels[key];
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      const isListed = value !== undefined && values.includes(value);
      return operator === 'In' ? isListed : !isListed;
    })
  );
}

/** The pods that a selector picks; none for an empty one, which is never what a Service or a budget means. */
export const podsSelected = (pods: readonly PodView[], selector: LabelSelector | undefined): PodView[] =>
  isEmptySelector(selector) ? [] : pods.filter(({ labels }) => matchesSelector(selector, labels));
