import { podsOf } from '../../../kubernetes/pod.view.ts';
import { fault, type Fault, type Rule } from '../rule.contract.ts';
import { both, perKind, perObject, perPod } from '../rule.scope.ts';

const prefix = 'app.kubernetes.io';
type Labels = Readonly<Record<string, string | undefined>> | undefined;

const missing = (labels: Labels, names: readonly string[], at: string): Fault[] =>
  names
    .filter((name) => !labels?.[`${prefix}/${name}`])
    .map((name) => fault(`${at}/${prefix}~1${name}`, 'is not set', 'label it'));

export const hasLabels: Rule = {
  id: 'labels',
  title: 'Every object and every pod has the recommended labels',
  row: 29,
  scanners: { kyverno: ['require-labels'] },
  check: both(
    perObject(({ metadata }) =>
      missing(metadata?.labels, ['name', 'component', 'part-of'], '/metadata/labels'),
    ),
    perPod(({ labels }) => missing(labels, ['name', 'instance', 'component', 'part-of'], '/metadata/labels')),
    perKind('StatefulSet', ({ spec }) =>
      (spec?.volumeClaimTemplates ?? []).flatMap(({ metadata }, index) =>
        missing(
          metadata?.labels,
          ['name', 'instance', 'component', 'part-of'],
          `/spec/volumeClaimTemplates/${index}/metadata/labels`,
        ),
      ),
    ),
  ),
};

export const isLabelledByItsName: Rule = {
  id: 'instance-is-name',
  title: 'Labels of a workload, of its pods and of what belongs to it say its own name',
  row: 29,
  scanners: { polaris: ['metadataAndInstanceMismatched'] },
  check: both(
    perPod(({ object, labels }) =>
      ['name', 'instance']
        .filter((label) => labels[`${prefix}/${label}`] !== object.metadata?.name)
        .map((label) => fault(`/metadata/labels/${prefix}~1${label}`, 'is another name', 'use the name')),
    ),
    (manifests) => {
      const workloads = podsOf(manifests).map(({ object }) => object);
      return perObject(({ metadata }) => {
        const labels: Labels = metadata?.labels;
        // What belongs to a workload has its component; the guard of the namespace has one of its own.
        const owner = workloads.find((workload) => workload.metadata?.name === labels?.[`${prefix}/name`]);
        const isOwn = workloads.some((workload) => workload.metadata === metadata);
        if (labels?.[`${prefix}/component`] === 'guard' && !isOwn) return [];
        const name = isOwn ? metadata?.name : owner?.metadata?.name;
        return name !== undefined &&
          labels?.[`${prefix}/instance`] === name &&
          labels?.[`${prefix}/name`] === name
          ? []
          : [fault('/metadata/labels', 'are not those of its workload', 'use its name as name and instance')];
      })(manifests);
    },
  ),
};
