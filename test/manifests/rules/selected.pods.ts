import { selects } from '../../kubernetes/label.selector.ts';
import type { INetworkPolicySpec } from 'kubernetes-models/networking.k8s.io/v1';
import type { Draft } from '../../kubernetes/object.draft.ts';
import type { PodView } from '../../kubernetes/pod.view.ts';

/** A selector as every kind has it. */
export type LabelSelector = Draft<NonNullable<INetworkPolicySpec['podSelector']>>;

/** Whether a selector says nothing, and so selects everything. */
export const isEmptySelector = (selector: LabelSelector | undefined): boolean =>
  Object.keys(selector?.matchLabels ?? {}).length === 0 && (selector?.matchExpressions ?? []).length === 0;

/** The pods that a selector picks; none for an empty one, which is never what a Service or a budget means. */
export const podsSelected = (pods: readonly PodView[], selector: LabelSelector | undefined): PodView[] =>
  isEmptySelector(selector) ? [] : pods.filter(({ labels }) => selects(selector, labels));
