import { containersOf } from '../../../kubernetes/pod.view.ts';
import { mustBe } from '../field.check.ts';
import { fault, type Rule } from '../rule.contract.ts';
import { perContainer, perPod } from '../rule.scope.ts';

export const hasReadOnlyRoot: Rule = {
  id: 'read-only-root',
  title: 'The root file system of every container is read-only',
  row: 5,
  scanners: {
    checkov: ['CKV_K8S_22'],
    trivy: ['KSV-0014'],
    kubescape: ['C-0017'],
    kubeLinter: ['no-read-only-root-fs'],
    kubeScore: ['container-security-context-readonlyrootfilesystem'],
    polaris: ['notReadOnlyRootFilesystem'],
    kyverno: ['require-ro-rootfs'],
  },
  check: perContainer(({ container }) => mustBe(container, '/securityContext/readOnlyRootFilesystem', true)),
};

export const sizesWritableVolumes: Rule = {
  id: 'writable-volumes-sized',
  title: 'What a pod may write to has a size',
  row: 5,
  scanners: {},
  check: perPod(({ spec }) =>
    (spec.volumes ?? []).flatMap(({ emptyDir }, index) =>
      emptyDir === undefined || emptyDir?.sizeLimit !== undefined
        ? []
        : [fault(`/spec/volumes/${index}/emptyDir/sizeLimit`, 'is not set', 'give the directory a size')],
    ),
  ),
};

const readOnlyKinds = ['configMap', 'secret', 'projected', 'downwardAPI', 'image'] as const;

export const mountsReadOnly: Rule = {
  id: 'mounts-read-only',
  title: 'Configuration and secrets are mounted read-only',
  row: 5,
  scanners: {},
  check: perContainer(({ container, pod }) =>
    (container.volumeMounts ?? []).flatMap((mount, index) => {
      const volume = pod.spec.volumes?.find(({ name }) => name === mount.name);
      if (volume === undefined || readOnlyKinds.every((kind) => volume[kind] === undefined)) return [];
      return mustBe(mount, '/readOnly', true).map((found) => ({
        ...found,
        at: `/volumeMounts/${index}${found.at}`,
      }));
    }),
  ),
};

export const mountsWhatThereIs: Rule = {
  id: 'mounts-match-volumes',
  title: 'Every mount has its volume, and every volume is mounted',
  scanners: {},
  check: perPod((pod) => {
    const { spec, object } = pod;
    const mounted = containersOf(pod).flatMap(({ container: { volumeMounts = [] } }) =>
      volumeMounts.map(({ name }) => name),
    );
    const claims = (object as { spec?: { volumeClaimTemplates?: { metadata?: { name?: string } }[] } }).spec;
    const volumes = [
      ...(spec.volumes ?? []).map(({ name }) => name),
      ...(claims?.volumeClaimTemplates ?? []).map(({ metadata }) => metadata?.name),
    ];
    return [
      ...mounted
        .filter((name) => !volumes.includes(name))
        .map((name) =>
          fault('/spec/volumes', `lacks ${name}, which is mounted`, 'add it, or drop the mount'),
        ),
      ...volumes
        .filter((name) => !mounted.includes(name))
        .map((name) => fault('/spec/volumes', `has ${name}, which nobody mounts`, 'drop it, or mount it')),
    ];
  }),
};
