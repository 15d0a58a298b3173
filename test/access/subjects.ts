import type { Manifest } from '../kubernetes/manifest.ts';
import { inOrder } from '../kubernetes/component.order.ts';
import { listAt, type Fields } from '../kubernetes/field.path.ts';

/** Who asks: a user, or a service account, with the groups that come with it. */
export interface Subject {
  /** In tables. */
  readonly name: string;
  /** As the API server knows it. */
  readonly user: string;
  readonly account?: { readonly namespace: string; readonly name: string };
  readonly groups: readonly string[];
}

/** An account, in the groups that Kubernetes puts it into. */
export const accountOf = (namespace: string, name: string): Subject => ({
  name: `account ${name}`,
  user: `system:serviceaccount:${namespace}:${name}`,
  account: { namespace, name },
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
});

/** Somebody whom the cluster's login knows by this name. */
export const userOf = (name: string): Subject => ({
  name: `user ${name}`,
  user: name,
  groups: ['system:authenticated'],
});

/** Somebody whom the cluster's login puts into a group. */
export const memberOf = (group: string): Subject => ({
  name: `group ${group}`,
  user: `somebody of ${group}`,
  groups: [...new Set([group, 'system:authenticated'])],
});

/** Whoever has only logged in. */
const anybody: Subject = { ...userOf('somebody'), name: 'anybody' };

/** All whom bindings name, all accounts, those too that every namespace has, and somebody who has only logged in. */
export function subjectsOf(objects: readonly Manifest[]): Subject[] {
  const bound = objects.flatMap((binding) => listAt(binding, 'subjects').map((one) => subjectOf(one)));
  const accounts = inOrder(objects)
    .filter(({ kind }) => kind === 'ServiceAccount')
    .map(({ metadata }) => accountOf(metadata.namespace ?? '', metadata.name));
  const defaults = objects
    .filter(({ kind }) => kind === 'Namespace')
    .map(({ metadata }) => accountOf(metadata.name, 'default'));
  const isPerson = ({ account }: Subject): boolean => account === undefined;
  const all = [
    ...bound.filter((one) => isPerson(one)),
    ...accounts,
    ...defaults,
    ...bound.filter((one) => !isPerson(one)),
    anybody,
  ];
  return [...new Map(all.map((subject) => [`${subject.name} ${subject.user}`, subject])).values()];
}

function subjectOf({ kind, name, namespace }: Fields): Subject {
  if (kind === 'Group') return memberOf(String(name));
  return kind === 'ServiceAccount' ? accountOf(String(namespace), String(name)) : userOf(String(name));
}
