import type { Manifest } from '../../kubernetes/manifest.ts';
import {
  all,
  caller,
  drop,
  inContainer,
  inPod,
  migrations,
  mutation,
  service,
  set,
  store,
  type Edit,
  type Mutation,
  type Target,
} from './mutation.contract.ts';

const takesFromVault = (object: Manifest): boolean => JSON.stringify(object).includes('"audience":"vault"');
const vaultService: Target = { ...service, where: takesFromVault };
const vaultMigrations: Target = { ...migrations, where: takesFromVault };
const token = '/volumes/0/projected/sources/0/serviceAccountToken';
const mount = (name: string, source: object): Edit =>
  all(
    set(inPod('/volumes/-'), { name, ...source }),
    set(inContainer('/volumeMounts/-'), { name, mountPath: `/run/secrets/${name}`, readOnly: true }),
  );
const secret = (secretName: string): object => ({ secret: { secretName, defaultMode: 0o440 } });
const login = (object: Manifest): string => `${object.metadata.name}-db-credentials`;
const migratorLogin = (object: Manifest): string => `${object.metadata.name}-db-migrator-credentials`;

/** What can be wrong with secrets and the tokens that stand for them. */
export const secretMutations: readonly Mutation[] = [
  mutation(
    'a service with the key of a caller',
    service,
    mount('key', secret('frontend-key')),
    'own-secrets-only',
  ),
  mutation(
    'a service with the login of its migrations',
    service,
    (object) => mount('login', secret(migratorLogin(object)))(object),
    'one-login-per-pod',
    'own-secrets-only',
  ),
  mutation(
    'migrations with the login of their service',
    migrations,
    (object) => set(inPod('/volumes/0/secret/secretName'), login(object).replace('-migrations', ''))(object),
    'own-secrets-only',
  ),
  mutation(
    'a caller with the superuser',
    caller,
    mount('root', secret('postgres-superuser')),
    'own-secrets-only',
  ),
  mutation(
    'a Secret without a name',
    caller,
    drop(inPod('/volumes/1/secret/secretName')),
    'own-secrets-only',
  ),
  mutation(
    "somebody's Secret among projected ones",
    caller,
    mount('mixed', {
      projected: { defaultMode: 0o440, sources: [{ secret: { name: 'postgres-superuser' } }] },
    }),
    'own-secrets-only',
  ),
  mutation(
    'a secret that may be missing',
    service,
    set(inPod('/volumes/0/secret/optional'), true),
    'secrets-in-their-place',
  ),
  mutation(
    'a login beside a token for Vault',
    vaultService,
    (object) => mount('login', secret(login(object)))(object),
    'one-login-per-pod',
  ),
  mutation('a token that everybody takes', vaultService, drop(inPod(`${token}/audience`)), 'token-audience'),
  mutation(
    'a token for a day',
    vaultService,
    set(inPod(`${token}/expirationSeconds`), 86_400),
    'token-audience',
  ),
  mutation(
    'a token for a day, of OpenBao',
    store,
    set(inPod('/volumes/4/projected/sources/0/serviceAccountToken/expirationSeconds'), 86_400),
    'token-audience',
  ),
  mutation(
    'a projected volume of nothing',
    vaultService,
    set(inPod('/volumes/0/projected/sources'), []),
    'volume-sources',
  ),
  mutation(
    'a pod that Vault does not know',
    vaultMigrations,
    drop('/spec/template/metadata/labels/secure-backend~1credentials'),
    'vault-label',
  ),
  mutation(
    'a pod on the way to Vault without need',
    caller,
    set('/spec/template/metadata/labels/secure-backend~1credentials', 'openbao'),
    'vault-label',
  ),
  mutation(
    'a token of the API server',
    service,
    set(inPod('/automountServiceAccountToken'), true),
    'no-token-mount',
  ),
];
