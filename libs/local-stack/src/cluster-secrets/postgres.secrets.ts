import { newSecret } from '../credentials/index.ts';
import { valuesOf, type Wanted } from './cluster.object.ts';
import { mismatch } from './planned.change.ts';
import { isVerifierOf, scramVerifier } from './scram.verifier.ts';
import type { Place } from './service.secrets.ts';

const IDENTITIES = 'Secret/postgres-identities';
const SUPERUSER = 'Secret/postgres-superuser';

/**
 * What Postgres mounts: its superuser's password, and for each login of the services a verifier of its password, never the
 * password.
 *
 * @param services what they mount
 * @throws StackError when a verifier that is there is of another password
 */
export function postgresSecrets(services: readonly Wanted[], place: Place): Wanted[] {
  const superuser = valuesOf(place.existing, SUPERUSER)?.['password'];
  const known = valuesOf(place.existing, IDENTITIES) ?? {};
  const verifiers = services
    .filter(({ values }) => 'username' in values)
    .map(({ id, values: { username = '', password = '' } }) => {
      // What Postgres and its clients make of other characters (SASLprep, RFC 4013), they make before they hash.
      if (!/^[\x20-\x7e]+$/.test(password))
        throw mismatch(place.namespace, id, 'has a password that is not plain ASCII');
      const verifier = known[username] ?? scramVerifier(password);
      if (!isVerifierOf(verifier, password)) throw otherPassword(place, username, id);
      return [username, verifier] as const;
    });
  return [
    { id: SUPERUSER, values: { password: superuser ?? newSecret() } },
    { id: IDENTITIES, values: Object.fromEntries(verifiers) },
  ];
}

function otherPassword({ namespace }: Place, username: string, login: string): Error {
  return mismatch(
    namespace,
    IDENTITIES,
    `has a verifier of ${username} that isn't of the password in ${login}`,
  );
}
