import { FIRST_CALLER, newSecret } from '../credentials/index.ts';
import { identityNames } from '../identities/index.ts';
import { valuesOf, type Existing, type ObjectId, type Wanted } from './cluster.object.ts';
import { mismatch } from './planned.change.ts';

/** What is there, and where. */
export interface Place {
  readonly namespace: string;
  readonly existing: Existing;
}

/** The Secrets of one service, by what they are for. */
export const serviceSecretIds = (service: string) => ({
  runtime: `Secret/${service}-db-credentials` as const,
  migrator: `Secret/${service}-db-migrator-credentials` as const,
  keys: `Secret/${service}-keys` as const,
  /** Of a caller in the same namespace: its own key and no other. */
  callerKey: (caller: string) => `Secret/${caller}-${service}-key` as const,
});

/**
 * What one service mounts: its login, that of its migrations and its callers' keys; and for each caller in the namespace a Secret
 * with its own key. The caller that every service knows from the start is somewhere else.
 *
 * @param callers in the namespace
 * @throws StackError when what is there doesn't fit together
 */
export function serviceSecrets(service: string, callers: readonly string[], place: Place): Wanted[] {
  const names = identityNames(service);
  const ids = serviceSecretIds(service);
  const keys = { ...valuesOf(place.existing, ids.keys) };
  keys[FIRST_CALLER] ??= newSecret();
  const own = callers.map((caller) => callerKey(caller, ids, keys, place));
  return [
    login(ids.runtime, names.runtimeLogins, place),
    login(ids.migrator, [names.migrator], place),
    { id: ids.keys, values: keys },
    ...own,
  ];
}

/** One key on both sides, whichever side has it; adds it to the service's keys. */
function callerKey(
  caller: string,
  ids: ReturnType<typeof serviceSecretIds>,
  keys: Record<string, string>,
  { namespace, existing }: Place,
): Wanted {
  const id = ids.callerKey(caller);
  const held = valuesOf(existing, id)?.['api-key'];
  keys[caller] ??= held ?? newSecret();
  // While a key changes, its caller may still have the outgoing one.
  if (held !== undefined && held !== keys[caller] && held !== keys[`${caller}.previous`])
    throw mismatch(namespace, id, `holds a key that ${ids.keys} doesn't know`);
  return { id, values: { 'api-key': held ?? keys[caller] } };
}

function login(id: ObjectId, usernames: readonly string[], { namespace, existing }: Place): Wanted {
  const found = valuesOf(existing, id);
  if (!found) return { id, values: { username: usernames[0] ?? '', password: newSecret() } };
  const { username, password } = found;
  if (username === undefined || !password) throw mismatch(namespace, id, 'lacks its username or password');
  if (!usernames.includes(username))
    throw mismatch(namespace, id, `logs in as somebody else than ${usernames.join(' or ')}`);
  return { id, values: { username, password } };
}
