import { FIRST_CALLER, newSecret } from '../credentials/index.ts';
import { identityNames } from '../identities/index.ts';
import type { Existing, Values, Wanted } from './cluster.object.ts';
import { isVerifierOf, scramVerifier } from './scram.verifier.ts';

/**
 * What one service mounts: its login, that of its migrations and its callers' keys; and for each caller in the namespace a Secret
 * with its own key. The caller that every service knows from the start is somewhere else.
 *
 * @param callers in the namespace; they mount `<caller>-<service>-key`
 */
export function serviceSecrets(service: string, callers: readonly string[], existing: Existing): Wanted[] {
  const names = identityNames(service);
  const keys = { ...existing.get(`Secret/${service}-keys`) };
  for (const caller of [FIRST_CALLER, ...callers]) keys[caller] ??= newSecret();
  return [
    login(existing, `${service}-db-credentials`, names.runtimeLogins),
    login(existing, `${service}-db-migrator-credentials`, [names.migrator]),
    { id: `Secret/${service}-keys`, values: keys, because: 'callers were added' },
    ...callers.map((caller): Wanted => {
      const values = { 'api-key': keys[caller] ?? '' };
      return { id: `Secret/${caller}-${service}-key`, values, because: `${service}-keys says otherwise` };
    }),
  ];
}

function login(existing: Existing, name: string, usernames: readonly string[]): Wanted {
  const { username, password } = existing.get(`Secret/${name}`) ?? {};
  const isKept = username !== undefined && usernames.includes(username) && Boolean(password);
  const made = { username: usernames[0] ?? '', password: newSecret() };
  const because = `its login isn't one of ${usernames.join(', ')}`;
  return { id: `Secret/${name}`, values: isKept ? { username, password: password ?? '' } : made, because };
}

/**
 * What Postgres mounts: its superuser's password, and for each login of the services a verifier of its password, never the
 * password. The services' Secrets decide, Postgres follows at its next start.
 */
export function postgresSecrets(services: readonly Wanted[], existing: Existing): Wanted[] {
  const known = existing.get('Secret/postgres-identities') ?? {};
  const logins = services.map(({ values }) => values).filter((values) => 'username' in values);
  const verifiers = Object.fromEntries(
    logins.map((values) => [values['username'], verifierOf(known, values)]),
  );
  const superuser = existing.get('Secret/postgres-superuser') ?? { password: newSecret() };
  return [
    { id: 'Secret/postgres-superuser', values: superuser },
    {
      id: 'Secret/postgres-identities',
      values: { ...known, ...verifiers },
      because: 'passwords have changed: restart Postgres',
    },
  ];
}

function verifierOf(known: Values, { username = '', password = '' }: Values): string {
  const verifier = known[username];
  return verifier !== undefined && isVerifierOf(verifier, password) ? verifier : scramVerifier(password);
}
