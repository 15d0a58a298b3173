import { podsOf, type PodView } from '../../../kubernetes/pod.view.ts';
import { fault, type Rule } from '../rule.contract.ts';
import { perPod } from '../rule.scope.ts';

const nameOf = (pod: PodView): string => pod.object.metadata?.name ?? '';

/** Secrets that migrations have, and nobody else. */
const migrator = /^(.+)-db-migrator-credentials$/;

/**
 * Whose Secret it is, told by its name: `<service>-db-migrator-credentials` is that of `<service>-migrations`; otherwise it
 * begins with its owner's name, the longest that fits.
 */
export function ownerOf(secret: string, workloads: readonly string[]): string | undefined {
  const [, service] = migrator.exec(secret) ?? [];
  if (service !== undefined) return `${service}-migrations`;
  return workloads
    .filter((name) => !name.endsWith('-migrations') && secret.startsWith(`${name}-`))
    .toSorted((one, other) => other.length - one.length)[0];
}

export const mountsOwnSecrets: Rule = {
  id: 'own-secrets-only',
  title:
    'Every workload mounts the Secrets that begin with its name, and migrations alone the login of the migrator',
  row: 19,
  scanners: {},
  check: perPod((pod, manifests) => {
    const workloads = podsOf(manifests).map(nameOf);
    return (pod.spec.volumes ?? []).flatMap((volume, index) => {
      const named = [
        volume.secret?.secretName,
        ...(volume.projected?.sources ?? []).map(({ secret }) => secret?.name),
      ].filter((name) => name !== undefined);
      const isNameless = volume.secret !== undefined && volume.secret.secretName === undefined;
      return [
        ...(isNameless ? [fault(`/spec/volumes/${index}/secret/secretName`, 'is not set', 'name it')] : []),
        ...named
          .filter((secret) => ownerOf(secret, workloads) !== nameOf(pod))
          .map((secret) =>
            fault(`/spec/volumes/${index}`, `${secret} is not ${nameOf(pod)}'s`, 'let its owner use it'),
          ),
      ];
    });
  }),
};

/** Where database logins of a service come from: the words of their Secrets' names. */
export const separatesLogins: Rule = {
  id: 'one-login-per-pod',
  title: 'No pod holds two database logins, and none mounts both a login and a token for Vault',
  row: 19,
  scanners: {},
  check: perPod(({ spec }) => {
    const volumes = spec.volumes ?? [];
    const logins = volumes.filter(({ secret }) => secret?.secretName?.includes('-db-') === true);
    const tokens = volumes.filter(({ projected }) =>
      projected?.sources?.some(({ serviceAccountToken }) => serviceAccountToken?.audience === 'vault'),
    );
    return logins.length + tokens.length > 1
      ? [fault('/spec/volumes', 'hold more than one way to a login', 'keep one')]
      : [];
  }),
};
