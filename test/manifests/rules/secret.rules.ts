import { at, listAt, type Fields } from '../../kubernetes/pod.template.ts';
import { podField } from '../field.rule.ts';
import { everyContainer, everyObject, everyPod, type Rule } from '../rule.ts';

const suspectName = /key|token|secret|password|passwd|pwd|jwt|credential/i;
const suspectData = /key|username|email|phone|password|secret|token/i;
const suspectValue = /^[A-Z0-9<]{3,20}$/;

const secretVolumes = (spec: Fields): { name: string; secret: string }[] =>
  listAt(spec, 'volumes').flatMap((volume) => {
    const name = at(volume, 'secret', 'secretName') as string | undefined;
    return name === undefined ? [] : [{ name: String(volume['name']), secret: name }];
  });

/** A Secret's owner by its name: of the migrations, of Postgres or OpenBao themselves, of one caller, of one service. */
function mayMount(account: string, secret: string): boolean {
  const migrators = '-db-migrator-credentials';
  if (secret.endsWith(migrators)) return account === `${secret.slice(0, -migrators.length)}-migrations`;
  return secret.startsWith(`${account}-`);
}

/** How secrets reach a pod, and that nothing else looks like one. */
export const secretRules: readonly Rule[] = [
  everyContainer(
    {
      id: 'no-secret-in-environment',
      row: 19,
      title: 'No secret in a variable',
      scanners: 'checkov CKV_K8S_35, kubescape C-0207, CIS 5.4.1',
    },
    ({ fields }) => [
      ...listAt(fields, 'env').map(
        ({ name, valueFrom }) =>
          at(valueFrom, 'secretKeyRef') !== undefined && `env ${String(name)} is a secret`,
      ),
      ...listAt(fields, 'envFrom').map(
        ({ secretRef }, index) => secretRef !== undefined && `envFrom[${index}] is a secret`,
      ),
    ],
  ),
  everyContainer(
    {
      id: 'innocent-variables',
      row: 20,
      title: 'No variable is named like a secret',
      scanners: 'kubescape C-0012, Polaris sensitiveContainerEnvVar',
    },
    ({ fields }) =>
      listAt(fields, 'env').map(({ name, value }) => {
        // A path to a mounted file is none; the image of Postgres knows its superuser's password only so.
        const isPath = String(value).startsWith('/run/secrets/') && String(name).endsWith('_FILE');
        return suspectName.test(String(name)) && !isPath && `env ${String(name)} looks like a secret`;
      }),
  ),
  podField(
    { id: 'no-service-links', row: 20, title: 'No variables about other Services', scanners: 'none' },
    'enableServiceLinks',
    false,
  ),
  everyObject(
    {
      id: 'innocent-configuration',
      row: 21,
      title: 'No ConfigMap has what looks like a secret',
      scanners: 'kubescape C-0012, Trivy KSV-0109, KSV-01010',
    },
    ['ConfigMap'],
    (map) =>
      Object.entries((map['data'] ?? {}) as Record<string, string>).flatMap(([key, value]) => [
        suspectData.test(key) && `data.${key} is named like a secret`,
        suspectValue.test(value) && `data.${key} looks like a code or number`,
        /-----BEGIN [A-Z ]*PRIVATE KEY/.test(value) && `data.${key} is a private key`,
      ]),
  ),
  everyContainer(
    {
      id: 'secrets-as-directories',
      row: 19,
      title: 'Secrets are mounted whole and read-only: a subPath never follows a change',
      scanners: 'none',
    },
    ({ fields }, { spec }) => {
      const secrets = new Set(secretVolumes(spec).map(({ name }) => name));
      return listAt(fields, 'volumeMounts')
        .filter(({ name }) => secrets.has(String(name)))
        .flatMap(({ name, subPath, subPathExpr, readOnly }) => [
          (subPath ?? subPathExpr) !== undefined && `volumeMount ${String(name)} is a subPath`,
          readOnly !== true && `volumeMount ${String(name)} is writable`,
        ]);
    },
  ),
  everyPod(
    {
      id: 'closed-secret-files',
      row: 19,
      title: "Only the pod's own group reads a secret's files",
      scanners: 'none',
    },
    ({ spec }) =>
      listAt(spec, 'volumes').map((volume) => {
        const mode = at(volume, 'secret', 'defaultMode') ?? at(volume, 'projected', 'defaultMode');
        const isSecret = volume['secret'] !== undefined || volume['projected'] !== undefined;
        return isSecret && mode !== 0o440 && `volume ${String(volume['name'])} has another mode than 0440`;
      }),
  ),
  everyPod(
    { id: 'own-secrets', row: 19, title: "A pod mounts its own secrets, nobody else's", scanners: 'none' },
    ({ spec }) => {
      const account = String(at(spec, 'serviceAccountName'));
      return secretVolumes(spec).map(({ secret }) => !mayMount(account, secret) && `mounts ${secret}`);
    },
  ),
  everyObject(
    {
      id: 'no-secret-object',
      row: 19,
      title: 'Secrets are made elsewhere, never rendered',
      scanners: 'gitleaks',
    },
    ['Secret'],
    () => ['is rendered'],
  ),
];
