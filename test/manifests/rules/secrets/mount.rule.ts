import { fault, type Rule } from '../rule.contract.ts';
import { perContainer, perPod } from '../rule.scope.ts';

export const mountsDirectories: Rule = {
  id: 'whole-directory-mounts',
  title: 'Volumes are mounted as whole directories',
  // A subPath is bound to the file of the pod's start: a credential that changes would never arrive.
  scanners: {},
  check: perContainer(({ container }) =>
    (container.volumeMounts ?? []).flatMap(({ subPath, subPathExpr }, index) =>
      (subPath ?? subPathExpr) === undefined
        ? []
        : [fault(`/volumeMounts/${index}`, 'mounts a subPath', 'mount the directory')],
    ),
  ),
};

const isSecret = (path: string | undefined): boolean =>
  /^\/run\/secrets\/[a-z0-9-]+$/.test(path ?? '') || path === '/var/run/secrets/kubernetes.io/serviceaccount';

export const mountsSecretsInOnePlace: Rule = {
  id: 'secrets-in-their-place',
  title: 'Secrets and tokens lie below /run/secrets, and nothing of them is optional',
  row: 19,
  scanners: {},
  check: perContainer(({ container, pod }) =>
    (container.volumeMounts ?? []).flatMap(({ name, mountPath }, index) => {
      const volume = pod.spec.volumes?.find((candidate) => candidate.name === name);
      if ((volume?.secret ?? volume?.projected) === undefined) return [];
      return isSecret(mountPath) && volume?.secret?.optional !== true
        ? []
        : [
            fault(
              `/volumeMounts/${index}`,
              `is ${mountPath}, or optional`,
              'mount it at /run/secrets/<name>',
            ),
          ];
    }),
  ),
};

export const restrictsFileModes: Rule = {
  id: 'file-modes',
  title: "Only the pod's user and group read its secrets, and nobody writes what is mounted",
  row: 19,
  scanners: {},
  check: perPod(({ spec }) =>
    (spec.volumes ?? []).flatMap((volume, index) =>
      (['secret', 'projected', 'configMap'] as const).flatMap((type) => {
        const source = volume[type];
        if (source === undefined) return [];
        const most = type === 'configMap' ? 0o555 : 0o440;
        const mode = source?.defaultMode;
        return mode !== undefined && (mode & ~most) === 0
          ? []
          : [
              fault(
                `/spec/volumes/${index}/${type}/defaultMode`,
                `is ${mode?.toString(8)}`,
                `set it to 0${most.toString(8)} or less`,
              ),
            ];
      }),
    ),
  ),
};
