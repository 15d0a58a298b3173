import { inSameNamespace } from '../../../kubernetes/object.draft.ts';
import { containersOf, podsOf } from '../../../kubernetes/pod.view.ts';
import { quantity } from '../../../kubernetes/quantity.value.ts';
import { valueAt } from '../field.check.ts';
import { fault, type Fault, type Rule } from '../rule.contract.ts';
import { perKind } from '../rule.scope.ts';
import { demandOf, mostPods } from './load.estimate.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const amounts = /^(requests|limits)\.(cpu|memory|ephemeral-storage)$/;

export const fitsIntoQuota: Rule = {
  id: 'quota-fits',
  title: 'All replicas, the pods of rollouts and the migrations fit into the quota of their namespace',
  row: 30,
  scanners: {},
  check: perKind('ResourceQuota', (quota, manifests) => {
    const pods = podsOf(manifests).filter(({ object }) => inSameNamespace(object, quota));
    const claims = pods.flatMap(({ object }) => {
      const { replicas = 1, volumeClaimTemplates = [] } = (valueAt(object, '/spec') ?? {}) as {
        replicas?: number;
        volumeClaimTemplates?: { spec?: { resources?: { requests?: { storage?: string } } } }[];
      };
      return Array.from({ length: replicas }, () => volumeClaimTemplates).flat();
    });
    const needs = (name: string): number => {
      const [, field, resource] = amounts.exec(name) ?? [];
      if (field !== undefined && resource !== undefined) {
        return sum(
          pods.map(
            (pod) => mostPods(manifests, pod) * demandOf(pod, field as 'requests' | 'limits', resource),
          ),
        );
      }
      if (name === 'pods') return sum(pods.map((pod) => mostPods(manifests, pod)));
      if (name === 'persistentvolumeclaims') return claims.length;
      if (name === 'requests.storage') {
        return sum(claims.map(({ spec }) => quantity(spec?.resources?.requests?.storage)));
      }
      return 0;
    };
    return Object.entries(quota.spec?.hard ?? {}).flatMap(([name, hard]): Fault[] =>
      needs(name) <= quantity(hard)
        ? []
        : [
            fault(
              `/spec/hard/${name}`,
              `is ${hard}, and ${needs(name)} may be needed`,
              'raise it, or ask for less',
            ),
          ],
    );
  }),
};

export const keepsToLimitRange: Rule = {
  id: 'limit-range-respected',
  title: 'Every container keeps to the limit range of its namespace',
  row: 30,
  scanners: {},
  check: perKind('LimitRange', (range, manifests) => {
    const limits = range.spec?.limits?.find(({ type }) => type === 'Container');
    return podsOf(manifests)
      .filter(({ object }) => inSameNamespace(object, range))
      .flatMap(containersOf)
      .flatMap(({ container, pod }) =>
        Object.entries(limits?.max ?? {}).flatMap(([resource, max]): Fault[] => {
          const stated = (field: string): number =>
            quantity(valueAt(container, `/resources/${field}/${resource}`) as string | undefined);
          const min = quantity(valueAt(limits, `/min/${resource}`) as string | undefined);
          return stated('limits') > quantity(max) || stated('requests') < min
            ? [fault('/spec/limits', `leaves out ${pod.title} by its ${resource}`, 'change either')]
            : [];
        }),
      );
  }),
};
